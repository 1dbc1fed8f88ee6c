// Words that options take.

import Commands
import ArgumentParser
import Diagnostics
import Workbench

enum Form: String, ExpressibleByArgument, CaseIterable {
  case table
  case json
  case csv
  case markdown

  var format: OutputFormat {
    switch self {
    case .table: .table
    case .json: .json
    case .csv: .csv
    case .markdown: .markdown
    }
  }
}

enum Tongue: String, ExpressibleByArgument, CaseIterable {
  case en
  case zh

  var language: Language { self == .en ? .en : .zh }
}

enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never
}
