// Tables whose rows no longer ascend once their bounds have been set: a row would hide those behind it. What `check`
// refuses of a text no setting may bring about. Knows nothing of who set them.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning

/// A bound that is not above the one before it.
package struct TableOrder {
  package let before: Parameter
  package let bound: Parameter

  /// The first bound of some documents that settings have put at or below the one of the row before.
  package init?(_ documents: [CheckedDocument], _ settings: [Setting]) {
    var set: [String: Int64] = [:]
    for setting in settings {
      guard case .parameter(let parameter) = setting.target else { continue }
      if case .raw(let raw) = setting.value { set[parameter.id] = raw } else { set[parameter.id] = nil }
    }
    for document in documents {
      for bounds in document.ascendingBounds where bounds.contains(where: { set[$0.id] != nil }) {
        func size(_ parameter: Parameter) -> Int128? {
          (set[parameter.id] ?? parameter.value).map {
            parameter.type == .number ? Int128($0) * Int128(Share.unit) : Int128($0)
          }
        }
        for (before, bound) in zip(bounds, bounds.dropFirst()) {
          guard let low = size(before), let high = size(bound), low >= high else { continue }
          (self.before, self.bound) = (before, bound)
          return
        }
      }
    }
    return nil
  }

  /// Refuses settings under which the rows of a table do not ascend.
  package static func demand(
    _ documents: [CheckedDocument], _ settings: [Setting], at location: SourceRange
  ) throws(Refusal) {
    guard let found = TableOrder(documents, settings) else { return }
    throw Refusal([found.diagnostic(at: location)])
  }

  package func diagnostic(at location: SourceRange) -> Diagnostic {
    .error(
      "not-ascending",
      Text(
        "the rows of the table do not ascend: `\(bound.id)` would not be above `\(before.id)`",
        zh: "标准表各行没有依次递增：`\(bound.fullWords.zh)` 不大于 `\(before.fullWords.zh)`"),
      hint: Text(
        "keep each bound above that of the row before; several are set together, with commas",
        zh: "每行的界限须大于上一行；需同时移动几个界限时，请在一条命令中用逗号一并设定"), at: location)
  }
}

extension CheckedDocument {
  /// The bounds of each table that is looked up by one ascending figure, in the order of its rows.
  fileprivate var ascendingBounds: [[Parameter]] {
    syntax.tables.compactMap { table in
      let own = parameters.filter { $0.id.hasPrefix(id + "." + table.name.text + ".") }
      var bounds: [Parameter] = []
      for row in table.rows {
        guard case .cells(let cells) = row.test, cells.count == 1 else { return nil }
        switch cells[0] {
        case .upTo(let e), .below(let e):
          guard let found = own.first(where: { $0.location.start == e.location.start }) else { return nil }
          bounds.append(found)
        case .above: break
        case .from, .values, .any: return nil
        }
      }
      return bounds.count > 1 ? bounds : nil
    }
  }
}
