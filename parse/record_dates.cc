// SPDX-License-Identifier: Apache-2.0
#include "parse/record_dates.h"

#include <utility>

#include "core/partial_date.h"
#include "core/unicode.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

// "3" as "03": History writes hours and minutes without leading zeros.
std::string TwoDigits(const std::string& text) { return text.size() == 1 ? "0" + text : text; }

std::string TimeOf(const std::string& hour, const std::string& minute, const std::string& second) {
  if (hour.empty()) return {};
  std::string time = TwoDigits(hour) + ":" + (minute.empty() ? "00" : TwoDigits(minute));
  if (!second.empty()) time += ":" + TwoDigits(second);
  return time;
}

PartialDate Combine(const std::string& year, const std::string& month, const std::string& day, const std::string& season,
                    const std::string& medline_date) {
  if (!medline_date.empty()) return DateFromMedlineDate(medline_date);
  if (!season.empty()) return DateFromSeason(year, season);
  // "Jan-Feb" does not belong in Month, but a range that is there should be read as one.
  if (month.find_first_of("-/ ") != std::string::npos)
    return DateFromMedlineDate(day.empty() ? year + " " + month : year + " " + month + " " + day);
  return DateFromParts(year, month, day);
}

}  // namespace

void ReadDate(RecordContext& context, pugi::xml_node element, std::string_view kind, Record& record) {
  std::string year, month, day, season, medline_date, hour, minute, second;
  ForEachElement(context, element, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kYear: year = TextOf(context, child); break;
      case Element::kMonth: month = TextOf(context, child); break;
      case Element::kDay: day = TextOf(context, child); break;
      case Element::kSeason: season = TextOf(context, child); break;
      case Element::kMedlineDate: medline_date = TextOf(context, child); break;
      case Element::kHour: hour = TextOf(context, child); break;
      case Element::kMinute: minute = TextOf(context, child); break;
      case Element::kSecond: second = TextOf(context, child); break;
      default: context.UnknownElement(element.name(), child);
    }
  });
  record.dates.push_back({std::string(kind), Combine(year, month, day, season, medline_date), TimeOf(hour, minute, second)});
}

void ReadHistory(RecordContext& context, pugi::xml_node history, Record& record) {
  ForEachElement(context, history, [&](pugi::xml_node child, Element name) {
    if (name == Element::kPubMedPubDate)
      ReadDate(context, child, AttributeOf(child, "PubStatus"), record);
    else
      context.UnknownElement(history.name(), child);
  });
}

}  // namespace litmill::parse
