// Amounts that stay exact until they are paid or compared (semantics, "Money"): sums, products and quotients of whole
// figures, as a tree over the plan's nodes, and as a form over the inputs of one operation. Knows nothing of rows.
import PolicyLanguage
import Reckoning

/// An amount or number over nodes, not rounded anywhere.
indirect enum Exact {
  /// A whole figure: fen, months, a count, or the hundred-millionths of a share.
  case leaf(Node)
  case product([Exact], over: [Exact])
  case sum(Exact, Exact, adding: Bool)
  case choose(Node, Exact, Exact)
  case pick(Expression.Pick, [Exact])
  /// A factor to the power of a whole number of years.
  case power(Exact, Node)

  /// Figures above and below the line, where it is nothing but a product or quotient of them.
  var factors: (above: [Node], below: [Node])? {
    switch self {
    case .leaf(let node): return ([node], [])
    case .product(let above, let below):
      var nodes: [[Node]] = []
      for part in [above, below] {
        var leaves: [Node] = []
        for case let factor in part {
          guard case .leaf(let node) = factor else { return nil }
          leaves.append(node)
        }
        nodes.append(leaves)
      }
      return (nodes[0], nodes[1])
    case .sum, .choose, .pick, .power: return nil
    }
  }

  /// Whether it has more than so many leaves; looked through no further than that.
  func isLarger(than limit: Int) -> Bool {
    var left = limit
    func count(_ e: Exact) -> Bool {
      switch e {
      case .leaf:
        left -= 1
        return left >= 0
      case .product(let above, let below): return above.allSatisfy(count) && below.allSatisfy(count)
      case .sum(let a, let b, _), .choose(_, let a, let b): return count(a) && count(b)
      case .pick(_, let all): return all.allSatisfy(count)
      case .power(let base, _): return count(base)
      }
    }
    return !count(self)
  }

  var isWhole: Bool { if case .leaf = self { true } else { false } }

  static func times(_ a: Exact, _ b: Exact) -> Exact {
    let (x, y) = (a.parts, b.parts)
    return .product(x.above + y.above, over: x.below + y.below)
  }

  static func divided(_ a: Exact, by b: Exact) -> Exact {
    let (x, y) = (a.parts, b.parts)
    return .product(x.above + y.below, over: x.below + y.above)
  }

  /// The same with every node looked up by another.
  func looked(_ up: (Node) -> Node) -> Exact {
    switch self {
    case .leaf(let node): .leaf(up(node))
    case .product(let above, let below): .product(above.map { $0.looked(up) }, over: below.map { $0.looked(up) })
    case .sum(let a, let b, let adding): .sum(a.looked(up), b.looked(up), adding: adding)
    case .choose(let test, let a, let b): .choose(up(test), a.looked(up), b.looked(up))
    case .pick(let pick, let all): .pick(pick, all.map { $0.looked(up) })
    case .power(let base, let years): .power(base.looked(up), up(years))
    }
  }

  private var parts: (above: [Exact], below: [Exact]) {
    if case .product(let above, let below) = self { return (above, below) }
    return ([self], [])
  }

  /// The tree as a form over a list of nodes.
  func form(_ nodes: inout [Node]) -> ExactForm {
    func input(_ node: Node) -> Int {
      if let known = nodes.firstIndex(where: { $0 === node }) { return known }
      nodes.append(node)
      return nodes.count - 1
    }
    switch self {
    case .leaf(let node): return .input(input(node))
    case .product(let above, let below):
      return .product(above.map { $0.form(&nodes) }, over: below.map { $0.form(&nodes) })
    case .sum(let a, let b, let adding): return .sum(a.form(&nodes), b.form(&nodes), adding: adding)
    case .choose(let test, let a, let b): return .choose(input(test), a.form(&nodes), b.form(&nodes))
    case .pick(let pick, let all): return .pick(pick, all.map { $0.form(&nodes) })
    case .power(let base, let years): return .power(base.form(&nodes), input(years))
    }
  }
}

/// The same over the inputs of an operation, by their places.
indirect enum ExactForm: Hashable, Sendable {
  case input(Int)
  case product([ExactForm], over: [ExactForm])
  case sum(ExactForm, ExactForm, adding: Bool)
  case choose(Int, ExactForm, ExactForm)
  case pick(Expression.Pick, [ExactForm])
  case power(ExactForm, Int)
}

/// What is made of an exact amount.
enum ExactResult: Hashable, Sendable {
  /// Rounded half away from zero.
  case rounded
  /// Rounded down.
  case down
  /// The parts of the fraction in lowest terms.
  case numerator
  case denominator
}
