// Where an expression stands in a document, and so what it may name. Knows nothing of expressions.
import Diagnostics
import Facts

/// Where an expression stands, and what it may name.
struct Scope {
  enum Context {
    /// No record: windows, parameters.
    case constant
    case definition
    case frame
    case member
  }

  var context: Context
  /// The list whose fields may be named bare.
  var list: ListDeclaration?
  /// What the measure goes through; nil where that is the district as a whole.
  var frame: Frame?
  /// The list whose fields the frame's record has, and the joined list through which it is seen.
  var frameList: ListDeclaration?
  var frameJoin: JoinedList?
  var arguments: [String: (index: Int, type: ValueType)] = [:]
  var iterations: [String: (index: Int, type: ValueType)] = [:]
  var lets: [String: Typed] = [:]
  /// What an instalment's condition may name: its own day and its number.
  var part: [String: Typed] = [:]
  var sets: [String: Int] = [:]
  var setLists: [String] = []
  /// Sets that look sideways.
  var sideways: [String: SidewaysSet] = [:]
  /// Whether the frame is looked at as one of the candidates, and not as the one that asks.
  var isCandidate = false
  /// The set whose member is looked at.
  var memberOf: Int?
  /// Whether what is looked at as a member is the frame's own record, as in a recovery.
  var isOwnFrame = false
  /// What ranges stand at, outermost first.
  var ranges: [(name: String, value: Int64)] = []
  /// The joined list through which the scope's record is seen, and those of sets.
  var join: JoinedList?
  var setJoins: [Int: JoinedList] = [:]
  /// Sets whose members have a date on which they count.
  var datedSets: Set<Int> = []
  /// Sets that are there but could not be read.
  var brokenSets: Set<String> = []
  var parameters: [String: Parameter] = [:]
  var readings: [String: Reading] = [:]
  /// Chinese names of arguments, iterations, `let`s and sets; and of the measure's parameters and readings.
  var near = NamePairs()
  var far = NamePairs()
  /// Parameters that change on certain days, as definitions of the day.
  var dated: [String: Definition] = [:]

  init(_ context: Context) { self.context = context }

  /// What a frame is called, and what it is.
  struct Frame {
    let name: String
    let list: String
    /// Its name in rules of either language: `agency`, 该机构.
    let words: Text
    /// Whether it is a text of the list's records (`each referrer of hires`), not a record.
    let isText: Bool

    func isCalled(_ text: String) -> Bool {
      text == name || text == words.zh || (text.isChinese && "该" + text == words.zh)
    }
  }

  /// The scope of a member of one of the frame's sets: bare names are its facts, and what the frame has is seen as
  /// well.
  func ofMember(_ list: ListDeclaration?, _ join: JoinedList? = nil) -> Scope {
    var member = self
    member.context = .member
    member.memberOf = nil
    member.isOwnFrame = false
    if context == .frame { (member.frameList, member.frameJoin) = (self.list, self.join) }
    // Of whoever is looked at from a member the instalment is nobody's.
    member.part = context == .frame ? part.mapValues { Typed(.ofFrame($0), $0.type, at: $0.location) } : [:]
    member.list = list
    member.join = join
    return member
  }

  /// The frame's own scope, seen from a member.
  var ofFrame: Scope {
    guard context == .member else { return self }
    var own = self
    own.context = .frame
    own.part = [:]
    own.memberOf = nil
    own.isOwnFrame = false
    (own.list, own.join) = (frameList, frameJoin)
    return own
  }

  /// The same parameters and readings where there is no record.
  var constant: Scope {
    var constant = Scope(.constant)
    constant.parameters = parameters
    constant.readings = readings
    constant.far = far
    constant.dated = dated
    return constant
  }
}
