// Contests between documents over one subject take few forms: one payment of this block against two of that. Where all
// payments of a block are of one amount, contests of one form end alike, so that each form is judged once, and a
// changed rate asks only whether the forms still end as they did. Knows nothing of how a contest is judged.

/// The forms of contests that have been met.
struct ContestForms: Sendable {
  typealias Judge = @Sendable (ArraySlice<TakeTheHigher.Contender>, inout [TakeTheHigher.Loser]) -> Void

  struct Form: Sendable {
    /// Which blocks the payments are of, in order.
    let key: UInt64
    /// The payments of one such contest.
    let example: [TakeTheHigher.Contender]
    /// Which of them give way.
    let loses: [Bool]
    /// The measure that stands instead.
    let by: Int32
  }

  /// More forms than this are not told apart.
  private static let limit = 64

  private let judge: Judge
  private let areAlike: Bool
  private(set) var all: [Form] = []
  /// Whether every contest so far was of a form.
  private(set) var isComplete: Bool

  /// - Parameter areAlike: whether contests of one form end alike.
  init(_ judge: @escaping Judge, areAlike: Bool) {
    self.judge = judge
    self.areAlike = areAlike
    isComplete = areAlike
  }

  /// Which payments of a contest give way.
  mutating func decide(_ contenders: ArraySlice<TakeTheHigher.Contender>, _ losers: inout [TakeTheHigher.Loser]) {
    guard areAlike, let key = ContestForms.key(contenders) else {
      isComplete = false
      return judge(contenders, &losers)
    }
    guard let form = form(key, contenders) else {
      isComplete = false
      return judge(contenders, &losers)
    }
    for (i, e) in contenders.enumerated() where form.loses[i] {
      losers.append(
        TakeTheHigher.Loser(
          block: Int32(truncatingIfNeeded: e.block), row: Int32(truncatingIfNeeded: e.row), by: form.by))
    }
  }

  /// The blocks of up to eight payments in one number.
  private static func key(_ contenders: ArraySlice<TakeTheHigher.Contender>) -> UInt64? {
    guard contenders.count <= 8 else { return nil }
    var key: UInt64 = 0
    for e in contenders {
      guard e.block < 255 else { return nil }
      key = key << 8 | UInt64(e.block + 1)
    }
    return key
  }

  private mutating func form(_ key: UInt64, _ contenders: ArraySlice<TakeTheHigher.Contender>) -> Form? {
    for form in all where form.key == key { return form }
    guard all.count < ContestForms.limit else { return nil }
    let form = judged(key, Array(contenders))
    all.append(form)
    return form
  }

  private func judged(_ key: UInt64, _ contenders: [TakeTheHigher.Contender]) -> Form {
    var losers: [TakeTheHigher.Loser] = []
    judge(contenders[...], &losers)
    return Form(
      key: key, example: contenders,
      loses: contenders.map { e in losers.contains { Int($0.block) == e.block && Int($0.row) == e.row } },
      by: losers.first?.by ?? -1)
  }

  /// Takes in the forms that another part has met.
  mutating func join(_ other: ContestForms) {
    isComplete = isComplete && other.isComplete
    for form in other.all where !all.contains(where: { $0.key == form.key }) { all.append(form) }
  }

  /// The forms of all contests; nil where one was of none.
  var found: [Form]? { isComplete ? all : nil }

  /// Whether contests of some forms would end as they did if blocks' payments were of other amounts.
  static func hold(_ forms: [Form], _ amount: (_ block: Int) -> Int64, _ judge: @escaping Judge) -> Bool {
    let now = ContestForms(judge, areAlike: true)
    return forms.allSatisfy { form in
      let again = now.judged(form.key, form.example.map { $0.with(amount: amount($0.block)) })
      return again.loses == form.loses && again.by == form.by
    }
  }
}
