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
    if let day = inquiry.base.asOf { line += [Span("; as of ", zh: "；截止 "), .data(day.text, .date)] }
    if !inquiry.settings.isEmpty {
      line += [Span("; with ", zh: "；设定 ")]
      line += .joined(
        inquiry.settings.map { [Span($0.target.label, .name), Span(" = ", zh: "＝"), Span($0.text(places), .number)] })
    }
    return .paragraph(line)
  }
}
