// The ways in which a rule may make up an amount: sums of products of figures, of which at most one factor is not of
// the text but of the record. Knows nothing of papers.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

/// One way in which an amount may be made up.
struct MadeAmount {
  /// Figures multiplied with one another.
  fileprivate struct Product {
    /// The words of factors in the order of the text; nil at the place of the one that is not known.
    var words: [Text?] = []
    /// What the known factors come to, in fen.
    var value = ExactRatio.one
    /// What is asked of the record.
    var open: Typed?
    /// What it is called, where it has a name.
    var openName: Text?
  }

  fileprivate var products: [Product]
  /// Whether it is one of several payments of a whole, which are rounded so that they come to it.
  fileprivate var isInstalment = false

  /// What a way says of an amount.
  enum Verdict {
    /// It may come to it: so.
    case told(Text)
    /// It may come to it, and there is nothing to tell of how.
    case plain
    case never
  }

  /// Whether it comes to an amount, and how.
  func verdict(for fen: Int64) -> Verdict {
    let parts = products.filter { $0.open != nil || $0.value.numerator != 0 }
    var rest = ExactRatio(numerator: Int128(fen), denominator: 1)
    for part in parts where part.open == nil {
      guard let left = rest.minus(part.value) else { return .plain }
      rest = left
    }
    let isSingle = parts.count == 1 && parts[0].words.count == 1
    guard let open = parts.firstIndex(where: { $0.open != nil }) else {
      guard rest.isNought(within: isInstalment ? 1 : nil) else { return .never }
      return isSingle || parts.isEmpty ? .plain : .told(words(of: parts))
    }
    guard parts.count(where: { $0.open != nil }) == 1 else { return .plain }
    guard rest.numerator > 0, parts[open].value.numerator > 0 else { return .never }
    var told = parts
    switch factor(parts[open], rest) {
    case .told(let words): told[open].words = told[open].words.map { $0 ?? words }
    case .plain: return .plain
    case .never: return .never
    }
    return isSingle ? .plain : .told(words(of: told))
  }

  /// What the factor that is not known must be.
  private func factor(_ part: Product, _ rest: ExactRatio) -> Verdict {
    guard let open = part.open else { return .plain }
    switch open.type {
    case .months, .days, .number:
      guard let times = rest.wholeTimes(part.value) else { return .never }
      return MadeAmount.times(times, open.type).map { .told($0) } ?? .plain
    // What is rounded does not say what it was.
    case .money, .amount: return part.openName.map { .told($0) } ?? .plain
    case .rate, .share, .decimal, .partMonths, .fraction, .date, .dateOrYear, .place, .text, .choice, .truth, .record,
      .set, .nothing, .broken:
      return .plain
    }
  }

  private func words(of parts: [Product]) -> Text {
    let each = parts.map { part in
      let all = part.words.compactMap(\.self)
      return Text(all.map(\.en).joined(separator: " × "), zh: all.map(\.zh).joined(separator: "×"))
    }
    return Text(each.map(\.en).joined(separator: " + "), zh: each.map(\.zh).joined(separator: "＋"))
  }

  private static func times(_ number: Int64, _ type: ValueType) -> Text? {
    switch type {
    case .months: Text("\(number) month\(number == 1 ? "" : "s")", zh: "\(number)个月")
    case .days: Text("\(number) day\(number == 1 ? "" : "s")", zh: "\(number)天")
    case .number: .same(String(number))
    case .money, .amount, .rate, .share, .decimal, .partMonths, .fraction, .date, .dateOrYear, .place, .text, .choice,
      .truth, .record, .set, .nothing, .broken:
      nil
    }
  }
}

/// Takes amounts of a measure apart.
struct AmountParts {
  let run: Session.Run
  let measure: CheckedMeasure
  let places: Gazetteer

  /// More ways than these are not looked through.
  private static let most = 64

  /// The ways in which an expression may come about, whichever of its conditions hold; nil where there are too many.
  func alternatives(_ t: Typed) -> [MadeAmount]? {
    if let instalment = t.instalment { return part(instalment) }
    if let factor = factor(t) {
      return [MadeAmount(products: [.init(words: [factor.words], value: factor.value)])]
    }
    switch t.operation {
    case .ifThen(_, let x, let y): return joined(alternatives(x), alternatives(y))
    case .pick(_, let all):
      var out: [MadeAmount]? = []
      for one in all { out = joined(out, alternatives(one)) }
      return out
    case .rounded(let inner): return alternatives(inner)
    case .call(let definition, _): return alternatives(definition.body)
    case .add(let x, let y): return each(x, y) { MadeAmount(products: $0.products + $1.products) }
    case .multiply(let x, let y): return each(x, y, product)
    default: return [MadeAmount(products: [.init(words: [nil], open: t, openName: name(t))])]
    }
  }

  private func joined(_ x: [MadeAmount]?, _ y: [MadeAmount]?) -> [MadeAmount]? {
    guard let x, let y, x.count + y.count <= AmountParts.most else { return nil }
    return x + y
  }

  private func each(_ x: Typed, _ y: Typed, _ made: (MadeAmount, MadeAmount) -> MadeAmount?) -> [MadeAmount]? {
    guard let left = alternatives(x), let right = alternatives(y), left.count * right.count <= AmountParts.most else {
      return nil
    }
    return left.flatMap { one in right.compactMap { made(one, $0) } }
  }

  /// Two that are multiplied; of sums nothing is told.
  private func product(_ x: MadeAmount, _ y: MadeAmount) -> MadeAmount? {
    guard x.products.count == 1, y.products.count == 1, let a = x.products.first, let b = y.products.first,
      a.open == nil || b.open == nil, let value = a.value.times(b.value)
    else { return nil }
    return MadeAmount(
      products: [
        .init(words: a.words + b.words, value: value, open: a.open ?? b.open, openName: a.openName ?? b.openName)
      ], isInstalment: x.isInstalment || y.isInstalment)
  }

  /// A part of a whole: the whole times its share, or what others leave of it.
  private func part(_ instalment: Instalment) -> [MadeAmount]? {
    let factor: (words: Text, value: ExactRatio)
    switch instalment.share {
    case .share(let share):
      guard let known = self.factor(share) else { return nil }
      factor = known
    case .equal:
      let one = Int128(1)
      factor = (
        Text("1/\(instalment.count)", zh: "1/\(instalment.count)"),
        ExactRatio(numerator: one, denominator: Int128(instalment.count))
      )
    case .rest:
      let others = measure.pays.compactMap(\.amount.instalment).filter { other in
        other.whole.location.start == instalment.whole.location.start && other.number != instalment.number
      }
      guard others.count == instalment.count - 1 else { return nil }
      var left: ExactRatio? = .one
      for case .share(let share) in others.map(\.share) {
        left = self.factor(share).flatMap { known in left?.minus(known.value) }
      }
      guard let left, left.numerator > 0 else { return nil }
      let percent = left.percent
      factor = (percent.map { .same($0) } ?? Text("the rest", zh: "余额"), left)
    }
    let share = MadeAmount(products: [.init(words: [factor.words], value: factor.value)], isInstalment: true)
    return alternatives(instalment.whole)?.compactMap { whole in
      // Of a sum each part is shared out.
      let parts = whole.products.compactMap { product(MadeAmount(products: [$0]), share)?.products.first }
      return parts.count == whole.products.count ? MadeAmount(products: parts, isInstalment: true) : nil
    }
  }

  /// What is asked of the record is called as its field or as the rule names it.
  private func name(_ t: Typed) -> Text? {
    if let named = measure.selection.lets.first(where: { $0.value === t }) {
      return Text(named.words.en.replacing("_", with: " "), zh: named.words.zh)
    }
    switch t.operation {
    case .selfField(let field), .field(_, let field):
      return Text(field.name.replacing("_", with: " "), zh: field.words.zh)
    default: return nil
    }
  }

  /// A figure of the text, or one that another document lays down.
  private func factor(_ t: Typed) -> (words: Text, value: ExactRatio)? {
    let scale: Int64
    switch t.type {
    // In fen an amount of money is its own scale.
    case .money, .amount, .rate, .months, .days, .number: scale = 1
    case .share, .decimal: scale = Share.unit
    case .partMonths, .fraction, .date, .dateOrYear, .place, .text, .choice, .truth, .record, .set, .nothing, .broken:
      return nil
    }
    let settings = run.ledger.settings
    let document = run.documents.first { $0.id == measure.document }
    func made(_ words: Text, _ raw: Int64) -> (words: Text, value: ExactRatio)? {
      raw < 0 ? nil : (words, ExactRatio(numerator: Int128(raw), denominator: Int128(scale)))
    }
    switch t.operation {
    case .parameter(let id):
      let all = run.documents.flatMap { $0.parameters + $0.measures.flatMap(\.parameters) }
      guard let parameter = all.first(where: { $0.id == id }) else { return nil }
      let raw =
        settings.parameters[id] ?? parameter.value
        ?? parameter.byReference.flatMap { settings.value(of: $0, for: measure) }
      return raw.flatMap { made(OfficialWords.figure($0, of: parameter, in: document, places: places), $0) }
    case .value(let name):
      return settings.value(of: name, for: measure).flatMap {
        made(OfficialWords.figure($0, t.type, places: places), $0)
      }
    case .constant(let raw): return made(OfficialWords.figure(raw, t.type, places: places), raw)
    default: return nil
    }
  }
}

/// A quotient of whole numbers; what goes beyond their reach is nil.
struct ExactRatio {
  var numerator: Int128
  var denominator: Int128

  static let one = ExactRatio(numerator: 1, denominator: 1)

  func times(_ other: ExactRatio) -> ExactRatio? {
    let (x, isOver) = numerator.multipliedReportingOverflow(by: other.numerator)
    let (y, isUnder) = denominator.multipliedReportingOverflow(by: other.denominator)
    return isOver || isUnder ? nil : ExactRatio(numerator: x, denominator: y).shortened
  }

  func minus(_ other: ExactRatio) -> ExactRatio? {
    let (x, a) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (y, b) = other.numerator.multipliedReportingOverflow(by: denominator)
    let (z, c) = denominator.multipliedReportingOverflow(by: other.denominator)
    guard !a, !b, !c else { return nil }
    let (difference, d) = x.subtractingReportingOverflow(y)
    return d ? nil : ExactRatio(numerator: difference, denominator: z).shortened
  }

  /// Whether it is nought but for rounding: half of one where nothing is said, less than what is said.
  func isNought(within bound: Int128?) -> Bool {
    let size = Int128(numerator.magnitude)
    guard let bound else { return denominator == 1 ? size == 0 : size <= denominator / 2 }
    return size < bound * denominator
  }

  /// How often another goes into it, where that is a whole number above nought.
  func wholeTimes(_ other: ExactRatio) -> Int64? {
    let (x, a) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (y, b) = denominator.multipliedReportingOverflow(by: other.numerator)
    guard !a, !b, y != 0, x % y == 0 else { return nil }
    return Int64(exactly: x / y).flatMap { $0 > 0 ? $0 : nil }
  }

  /// `50%`, where it is a whole number of hundredths.
  var percent: String? {
    let (x, isOver) = numerator.multipliedReportingOverflow(by: 100)
    return isOver || x % denominator != 0 ? nil : "\(x / denominator)%"
  }

  private var shortened: ExactRatio {
    var (a, b) = (Int128(numerator.magnitude), denominator)
    while b != 0 { (a, b) = (b, a % b) }
    return a > 1 ? ExactRatio(numerator: numerator / a, denominator: denominator / a) : self
  }
}
