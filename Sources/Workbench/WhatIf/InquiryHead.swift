// The line under the heading of a what-if.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// The line under the heading of a what-if: programme, mode, home, date, settings.
struct InquiryHead {
  let inquiry: Inquiry
  let names: [String]
  let places: Gazetteer

  init(_ inquiry: Inquiry, names: [String]? = nil, places: Gazetteer) {
    self.inquiry = inquiry
    self.names = names ?? [inquiry.name]
    self.places = places
  }

  var block: Block {
    var line: [Span] =
      .joined(names.map { [.data($0, .name)] }) + [Span(" ", zh: "，"), Span(inquiry.base.mode.title, .emphasis)]
    if let day = inquiry.base.asOf { line += [Span("; as of ", zh: "；核算日 "), .data(day.text, .date)] }
    return .paragraph(line + SettingsText.further(inquiry.inForce, places))
  }
}
