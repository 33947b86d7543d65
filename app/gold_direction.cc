// SPDX-License-Identifier: Apache-2.0
#include "app/gold_direction.h"

#include "tag/direction.h"
#include "tag/normalise.h"

namespace litmill::app {

Movement DirectionByTagger(const DirectionRow& row) {
  const std::string span = tag::Normalise(row.span).text;
  const std::string intervention = tag::Normalise(row.intervention).text;
  const std::string comparator = tag::Normalise(row.comparator).text;
  const std::string outcome = tag::Normalise(row.outcome).text;
  return tag::ClassifyDirection({span, intervention, comparator, outcome}).movement;
}

}  // namespace litmill::app
