// SPDX-License-Identifier: Apache-2.0
#include "parse/record_dates.h"

#include <fmt/format.h>

#include <string>

#include "core/partial_date.h"
#include "core/unicode.h"
#include "parse/xml_text.h"

namespace litmill::parse {
namespace {

// "3" as "03": History writes hours and minutes without leading zeros.
void AppendTwoDigits(std::string& out, std::string_view text) {
  if (text.size() == 1) out += '0';
  out += text;
}

std::string TimeOf(std::string_view hour, std::string_view minute, std::string_view second) {
  std::string time;
  if (hour.empty()) return time;
  AppendTwoDigits(time, hour);
  time += ':';
  AppendTwoDigits(time, minute.empty() ? "00" : minute);
  if (second.empty()) return time;
  time += ':';
  AppendTwoDigits(time, second);
  return time;
}

PartialDate Combine(std::string_view year, std::string_view month, std::string_view day, std::string_view season,
                    std::string_view medline_date) {
  if (!medline_date.empty()) return DateFromMedlineDate(medline_date);
  if (!season.empty()) return DateFromSeason(year, season);
  // "Jan-Feb" does not belong in Month, but a range that is there should be read as one.
  if (month.find_first_of("-/ ") != std::string_view::npos)
    return DateFromMedlineDate(fmt::format("{} {}{}{}", year, month, day.empty() ? "" : " ", day));
  return DateFromParts(year, month, day);
}

}  // namespace

void ReadDate(RecordContext& context, pugi::xml_node element, std::string_view kind, Record& record) {
  std::string_view year, month, day, season, medline_date, hour, minute, second;
  ForEachElement(context, element, [&](pugi::xml_node child, Element name) {
    switch (name) {
      case Element::kYear:
        year = TextViewOf(context, child);
        break;
      case Element::kMonth:
        month = TextViewOf(context, child);
        break;
      case Element::kDay:
        day = TextViewOf(context, child);
        break;
      case Element::kSeason:
        season = TextViewOf(context, child);
        break;
      case Element::kMedlineDate:
        medline_date = TextViewOf(context, child);
        break;
      case Element::kHour:
        hour = TextViewOf(context, child);
        break;
      case Element::kMinute:
        minute = TextViewOf(context, child);
        break;
      case Element::kSecond:
        second = TextViewOf(context, child);
        break;
      default:
        context.UnknownElement(element.name(), child);
    }
  });
  RecordDate& date = record.dates.emplace_back();
  date.kind = kind;
  date.date = Combine(year, month, day, season, medline_date);
  date.time = TimeOf(hour, minute, second);
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
