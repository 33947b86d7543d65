// SPDX-License-Identifier: Apache-2.0
// The strategy that docs/search/ shows and that the speed is measured with: litmill's founding review, from
// pipeline.yaml.
#pragma once

#include <string_view>

namespace litmill::search::testing {

inline constexpr std::string_view kFoundingStrategy =
    R"(("Magnesium"[mh] OR "Magnesium Compounds"[mh] OR "Magnesium Deficiency"[mh] OR magnesium[tiab] OR hypomagnes*[tiab]
  OR hypermagnes*[tiab] OR magnesemia[tiab] OR magnesaemia[tiab] OR MgSO4[tiab] OR "magnesium diglycinate"[nm])
AND ("Depression"[mh] OR "Depressive Disorder"[mh] OR depress*[tiab] OR dysthymi*[tiab] OR "low mood"[tiab]
  OR "Migraine Disorders"[mh] OR migrain*[tiab] OR headache*[tiab]
  OR "Alzheimer Disease"[mh] OR "Dementia"[mh] OR alzheimer*[tiab] OR dementia*[tiab]
  OR "Cognition"[mh] OR "Cognitive Dysfunction"[mh] OR "Cognition Disorders"[mh] OR "Memory"[mh] OR cognit*[tiab]
  OR memory[tiab] OR "brain fog"[tiab]
  OR "Sleep Wake Disorders"[mh] OR sleep[tiab] OR insomni*[tiab] OR "Fibromyalgia"[mh] OR fibromyalgi*[tiab]
  OR "Anxiety"[mh] OR anxi*[tiab] OR "Stress, Psychological"[mh])
AND 2000:2025[dp])";

}  // namespace litmill::search::testing
