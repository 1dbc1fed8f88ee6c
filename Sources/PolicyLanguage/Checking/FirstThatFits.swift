// Figures of many rows put together without standing as deep in each other as there are rows: what goes through an
// expression goes no deeper than a few dozen however long a table is.
import Reckoning

/// Rows of which the first that fits counts.
struct FirstThatFits {
  /// So many stand behind one another; more are parted in halves.
  private static let most = 50

  let type: ValueType

  /// A condition with the figure that it gives.
  typealias Row = (test: Typed, figure: Typed)

  /// The figure of the first row that holds. Where it is not known whether one holds that stands before all that do,
  /// neither is the figure.
  /// - Parameter otherwise: where none holds; nil: one is known to hold.
  func figure(_ rows: ArraySlice<Row>, otherwise: Typed?) -> Typed {
    if rows.count > FirstThatFits.most {
      let (first, second) = FirstThatFits.halves(rows)
      let (a, b) = (figure(first, otherwise: nil), figure(second, otherwise: otherwise))
      return Typed(.ifThen(any(first), a, b), type, at: a.location)
    }
    var rows = rows
    let last = Invariant.value(
      otherwise ?? rows.popLast()?.figure, "rows-to-choose: of no rows none is known to hold")
    return rows.reversed().reduce(last) { rest, row in
      Typed(.ifThen(row.test, row.figure, rest), type, at: row.figure.location)
    }
  }

  /// Whether any of the rows holds.
  private func any(_ rows: ArraySlice<Row>) -> Typed {
    let parts: [Typed]
    if rows.count > FirstThatFits.most {
      let (first, second) = FirstThatFits.halves(rows)
      parts = [any(first), any(second)]
    } else {
      parts = rows.map(\.test)
    }
    return Typed(.or(parts), .truth, at: parts[0].location)
  }

  private static func halves<T>(_ all: ArraySlice<T>) -> (ArraySlice<T>, ArraySlice<T>) {
    let middle = all.startIndex + all.count / 2
    return (all[..<middle], all[middle...])
  }

  /// Figures joined to one, such as a sum; nil of none.
  static func joined(_ all: ArraySlice<Typed>, _ join: (Typed, Typed) -> Typed) -> Typed? {
    guard all.count > most else {
      return all.first.map { first in all.dropFirst().reduce(first, join) }
    }
    let (first, second) = halves(all)
    return joined(first, join).flatMap { a in joined(second, join).map { join(a, $0) } }
  }

  /// What the first, the first two, the first three figures come to when they are joined, such as their maxima.
  static func running(_ all: ArraySlice<Typed>, _ join: (Typed, Typed) -> Typed) -> [Typed] {
    guard all.count > most else {
      return all.reduce(into: []) { made, next in made.append(made.last.map { join($0, next) } ?? next) }
    }
    let (first, second) = halves(all)
    let before = running(first, join)
    return before + running(second, join).map { next in before.last.map { join($0, next) } ?? next }
  }
}
