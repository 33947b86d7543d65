// SPDX-License-Identifier: Apache-2.0
#include "parse/table_layouts.h"

namespace litmill::parse {

const std::vector<const TableLayout*>& TableLayouts() {
  static const std::vector<const TableLayout*> kLayouts = {&LitmillTable(),      &ScopusTable(), &EmbaseTable(),
                                                           &CochraneTable(),     &PubmedTable(), &Pubmed2xlTable(),
                                                           &WebOfScienceTable(), &GenericTable()};
  return kLayouts;
}

}  // namespace litmill::parse
