// Turns of notices that rules do not have (以上, 百分之十, 但不超过500元, 给予企业1000元补贴), and the line as rules have it.
// A line is offered only where it can be read: whoever takes it over has one mistake less. Knows nothing of what is
// wrong with the line; the parser and the checker have said that.
import Diagnostics
import Reckoning

/// Puts the line as rules have it in the place of general hints.
struct EverydayTurns {
  /// So many lines of one text are tried.
  private static let most = 12

  private let lines: [Substring]
  private let firstLine: Int
  /// A line as rules have it.
  private let turned: (_ line: String, _ time: WrittenTime) -> String
  /// What is wrong with the text when one of its lines is another; by the line.
  private let trial: (_ text: String) -> [Diagnostic]

  /// - Parameter turned: makes a line of a notice one of rules: `EverydayTurns.asRule`, or `EnglishTurns.asRule`.
  init(
    _ text: String, firstLine: Int, turned: @escaping (_ line: String, _ time: WrittenTime) -> String,
    trial: @escaping (_ text: String) -> [Diagnostic]
  ) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    self.firstLine = firstLine
    self.turned = turned
    self.trial = trial
  }

  /// The diagnostics, with the line that can be read wherever there is one.
  func told(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var known: [Int: String?] = [:]
    return diagnostics.map { d in
      guard d.severity == .error, let line = d.location?.start.line, lines.indices.contains(line - firstLine) else {
        return d
      }
      if known[line] == nil, known.count < Self.most { known[line] = .some(mended(line)) }
      guard let mended = known[line] ?? nil else { return d }
      return Diagnostic(
        d.severity, code: d.code, d.message,
        hint: EverydayTurns.hint(mended), at: d.location)
    }
  }

  /// What a parameter would be that is a quotient which no decimals say, as figures of parameters have to.
  private static func quotient(ofParameter line: String) -> (above: Int, below: Int)? {
    let plain = line.drop { $0.isWhitespace }
    guard plain.hasPrefix("参数"), let sign = plain.firstIndex(where: { $0 == "＝" || $0 == "=" }) else { return nil }
    let value = plain[plain.index(after: sign)...].drop { $0.isWhitespace }
    let parts = value.prefix { $0.isNumber || $0 == "/" || $0 == "÷" }.split { $0 == "/" || $0 == "÷" }
    guard parts.count == 2, let above = Int(parts[0]), let below = Int(parts[1]), below > 0, above < 1_000_000,
      below < 1_000_000, above * Int(Share.unit) % below != 0
    else { return nil }
    return (above, below)
  }

  /// The line for people, with what is to be filled in.
  private static func hint(_ line: String) -> Text {
    if let (above, below) = quotient(ofParameter: line) {
      return Text(
        "Let the figure be \(above), and divide by \(below) where it is used: "
          + "\(above)/\(below) is no share that decimals can say.",
        zh: "\(above)/\(below) 不能用小数准确表示：请把数值写成 \(above)，在使用处除以 \(below)。")
    }
    let shown = line.replacing(OpenPlaces.trial, with: OpenPlaces.open)
    return Text("Rules have it so: `\(shown)`", zh: "规则中写作：`\(shown)`")
  }

  private func mended(_ line: Int) -> String? {
    let written = String(lines[line - firstLine])
    let other = turned(written, WrittenTime(lines))
    guard other != written else { return nil }
    var all = lines
    all[line - firstLine] = Substring(other)
    let wrong = trial(all.joined(separator: "\n")).contains {
      $0.severity == .error && $0.location?.start.line == line
    }
    return wrong ? nil : String(other.drop { $0 == " " })
  }

  // MARK: Turns

  /// The line with every turn of a notice as rules have it; what stands in quotation marks stays.
  static func asRule(_ line: String, _ time: WrittenTime) -> String {
    var out = ""
    var piece = ""
    var depth = 0
    func end() {
      out += turned(piece, time)
      piece = ""
    }
    for character in line {
      if character == "“" {
        if depth == 0 { end() }
        depth += 1
        out.append(character)
      } else if depth > 0 {
        if character == "”" { depth -= 1 }
        out.append(character)
      } else {
        piece.append(character)
      }
    }
    end()
    return out
  }

  private static func turned(_ text: String, _ time: WrittenTime) -> String {
    guard !text.allSatisfy(\.isASCII) else { return text }
    let counted = figures(ages(EverydayPeriods.said(text, time)))
    return payments(inTurn(named(conditions(EverydayStays.said(EverydayKinds.said(counted))))))
  }

  /// 年龄不满35周岁, 年满16周岁: an age is reckoned from the birth to the day of the record.
  private static func ages(_ text: String) -> String {
    let age = "自出生年月至参保日期的整年数"
    let worded = text.replacing(#/(?:周岁|岁)(?:（含）)?(?:及)?以上/#, with: "周岁以上")
    let low = worded.replacing(#/(?:参保时)?(?:该人的?|本人的?|该员的?)?年龄?(?:已满|达到|满|在|不少于|不低于|不小于)([0-9]+)(?:周岁|岁)(?:以上)?/#) {
      "\(age)不少于\($0.1)"
    }
    let high = low.replacing(
      #/(?:参保时)?(?:该人的?|本人的?|该员的?)?年龄(不满|未满|小于|低于|不到|不超过|不大于|在|超过|大于)([0-9]+)(?:周岁|岁)?(以下)?/#
    ) { found in
      switch found.1 {
      case "超过", "大于": "\(age)超过\(found.2)"
      case "不超过", "不大于", "在": "\(age)不超过\(found.2)"
      default: "\(age)少于\(found.2)"
      }
    }
    return high
  }

  /// 属于长乐区: a place below a province stands with its code.
  private static func named(_ text: String) -> String {
    text.replacing(#/(属于（?|、)([\u4E00-\u9FFF]{2,12}?(?:区|县|市|旗|州|盟))([的，。、）]|且|或|$)/#) { found in
      let isOwn = ["本", "该", "其", "输出"].contains { found.2.hasPrefix($0) }
      return isOwn ? String(found.0) : "\(found.1)\(found.2)\(OpenPlaces.trial)\(found.3)"
    }
  }

  /// 百分之十, 三个月, 一千元, 1千元, 半年, 5‰, 35周岁.
  private static func figures(_ text: String) -> String {
    var text = text.replacing(#/百分之([一二三四五六七八九十百两零〇]+)/#) { found in
      ChineseNumeral.value(found.1).map { "\($0)%" } ?? String(found.0)
    }
    // 三分之二 is 2/3; of 百分之十 nothing is left.
    text = text.replacing(#/([二三四五六七八九十]+)分之([一二三四五六七八九十两]+)/#) { found in
      guard let below = ChineseNumeral.value(found.1), let above = ChineseNumeral.value(found.2) else {
        return String(found.0)
      }
      return "\(above)/\(below)"
    }
    text = text.replacing(#/([0-9]+)千元/#) { "\($0.1)000元" }.replacing(#/([0-9]+)百元/#) { "\($0.1)00元" }
    // 同一人 and 每一次 count nothing, and the 万 of 10万元 belongs to its digits.
    text = text.replacing(#/(同|第|逐|每|某|[0-9.])?([一二三四五六七八九十百千万两零〇]+)(个月|万元|元|人|名|天|周岁|岁|次)/#) { found in
      guard found.1 == nil, let value = ChineseNumeral.value(found.2) else { return String(found.0) }
      return "\(value)\(found.3)"
    }
    text = text.replacing("满半年", with: "满6个月").replacing("半年以上", with: "6个月以上")
    text = text.replacing(#/满([0-9]{1,3}|[一二三四五])年/#) { found in
      (Int(found.1) ?? ChineseNumeral.value(found.1)).map { "满\($0 * 12)个月" } ?? String(found.0)
    }
    text = text.replacing(#/([0-9]+)‰/#) { found in
      Int(found.1).map { "\($0 / 10)" + ($0 % 10 == 0 ? "" : ".\($0 % 10)") + "%" } ?? String(found.0)
    }
    return text.replacing(#/([0-9]+)(周岁|岁)/#) { String($0.1) }
  }

  /// 以上, 以下, 不属于, 为…或…, 在…年的, 不超过如….
  private static func conditions(_ text: String) -> String {
    var text = asked(rows(text))
    // What is stable is so for months, and the months of a contract are a number.
    text = text.replacing(#/稳定就业(?:满|达到|达|不少于|在)?([0-9]+)个月(?:（含）)?及?以上/#) { "稳定就业满\($0.1)个月" }
    text = text.replacing(#/(合同月数|实习月数)(?:满|达到|达|不少于|不低于|在)?([0-9]+)个月(?:（含）)?及?以上/#) { "\($0.1)不少于\($0.2)" }
    text = text.replacing(#/(月工资|工资)(?:达到|达|不低于|在)?([0-9.,]+)(?:（含）)?及?以上/#) { "\($0.1)不低于\($0.2)元" }
    text = text.replacing(#/满([0-9.,]+个月)(及?以上|以上的?)/#) { found in
      "满\(found.1)" + (found.2.hasSuffix("的") ? "的" : "")
    }
    text = text.replacing(#/在?([0-9.,]+万?)(元(?:/月)?|%)(?:（含）)?及?以上/#) { "不低于\($0.1)\($0.2)" }
    text = text.replacing(#/在?([0-9.,]+万?)(元(?:/月)?|%)(?:（含）)?及?(?:以下|以内)/#) { "不高于\($0.1)\($0.2)" }
    text = text.replacing(#/在?([0-9.,]+万?)(人|名|家|个月|个|天|日|次)?(?:（含）)?及?以上/#) { "不少于\($0.1)\($0.2 ?? "")" }
    text = text.replacing(#/在?([0-9.,]+万?)(人|名|家|个月|个|天|日|次)?(?:（含）)?及?(?:以下|以内)/#) {
      "不超过\($0.1)\($0.2 ?? "")"
    }
    text = text.replacing(#/(凡|且|或|，|其中|（|要求：)([^，。且或（）：]+?)不(属于|含)([^，。且或的）]+)/#) {
      "\($0.1)非（\($0.2)\($0.3)\($0.4)）"
    }
    text = text.replacing(#/属于([^（）、，且或的]+(?:、[^（）、，且或的]+)+?)(的|，|且|$)/#) { "属于（\($0.1)）之一\($0.2)" }
    // 属脱贫人员或属登记失业人员: of whom is said again.
    text = text.replacing(#/(凡|其中|要求：|且)([^，且或（）：]+?)(属|为|有)([^，且或的（）]+)或者?(属|为|有)([^，且或的（）]+)/#) {
      "\($0.1)\($0.2)\($0.3)\($0.4)，或\($0.2)\($0.5)\($0.6)"
    }
    // 该机构介绍的录用人员: how they belong to it, the facts say.
    text = text.replacing(#/(该[^，。、（）：＝]{1,4}?)(介绍|招用|招聘|录用|吸纳|引荐|推荐|组织|输送|新招|新录用)的(录用人员|人员)/#) { found in
      "\(found.1)的录用人员"
    }
    text = text.replacing(#/(其中[^，的]+?)(，于[^，]+之日计入)$/#) { "\($0.1)的\($0.2)" }
    text = text.replacing(#/(为|属于)([^，且或的、（）]+)或者?([^，且或的、（）]+?)(的|，|$)/#) {
      "\($0.1)（\($0.2)、\($0.3)）之一\($0.4)"
    }
    text = text.replacing(#/(凡|且|或|，|其中)([^，。且或（）：是]+)是([^，。且或（）：否]+?)(的|，|$)/#) {
      "\($0.1)\($0.2)为\($0.3)\($0.4)"
    }
    text = text.replacing(#/在([0-9]{4})年(?:度)?(?:以内|之内|内|期间)?(的|，|且|$)/#) { "在\($0.1)年1月1日至\($0.1)年12月31日之间\($0.2)" }
    text = text.replacing(#/(不超过|不少于|不低于|不高于|少于|超过|等于)如(.+，则.+，否则.+)$/#) { "\($0.1)（如\($0.2)）" }
    text = text.replacing(#/的([^，的、]+)，其中(?:属|为)([^，。、]+)/#) { "的\($0.1)，其中该\($0.1)为\($0.2)" }
    return text.replacing(#/(该[^，。、有无且或（）]{1,6})(有|无)([^，。、且或（）的]+)/#) { "\($0.2)\($0.1)的\($0.3)" }
  }

  /// Rows of a table: 10人以下：不奖, 10人至29人：1万元, 100人及以上：20万元.
  private static func rows(_ text: String) -> String {
    var text = text.replacing(#/^(\s*)([0-9]+)(人|名|个|家)?(以下|以内|及以下)：/#) { "\($0.1)不超过\($0.2)：" }
    text = text.replacing(#/^(\s*)[0-9]+(?:人|名|个|家)?(?:至|到|-|—|~|～)([0-9]+)(?:人|名|个|家)?：/#) {
      "\($0.1)不超过\($0.2)："
    }
    text = text.replacing(#/^(\s*)[0-9]+(?:人|名|个|家)?(?:及)?以上：/#) { "\($0.1)超过：" }
    return text.replacing(#/^(\s*[^：]+：)(?:不奖|不补|不予奖励|不予补贴|不奖励|不补贴|无)$/#) { "\($0.1)0元" }
  }

  /// 就业单位为小型或微型企业, 就业单位注册地在本区, 户籍地不在福建, 连续就业满3个月, 达到起奖人数, 每年, 文化程度为硕士或博士.
  private static func asked(_ text: String) -> String {
    let size = #/(单位|企业|公司)为(大型|中型|小型|微型)(?:企业)?(?:、|和|或者?)(大型|中型|小型|微型)企业/#
    var text = text.replacing(size) { "\($0.1)的规模为（\($0.2)、\($0.3)）之一" }
    text = text.replacing(#/(单位|企业|公司)为(大型|中型|小型|微型)企业/#) { "\($0.1)的规模为\($0.2)" }
    text = text.replacing(#/(就业单位|实习单位|所在企业|介绍机构)(注册地|规模|名称|职工人数)/#) { "\($0.1)的\($0.2)" }
    text = text.replacing(#/(注册地|所在地|户籍地|举办地)(?:在|位于|属|属于|为|是)(?:本区|本市|本县|本地区|本地)/#) { "\($0.1)属于本地区" }
    text = text.replacing(#/(户籍地|注册地|所在地|举办地)不在([\u4E00-\u9FFF]{2,8}?)(的|，|且|或|$)/#) {
      "非（\($0.1)属于\($0.2)）\($0.3)"
    }
    text = text.replacing(#/(?:连续|持续|稳定)(?:就业|工作|用工|在岗)(?:已?满|达到?)([0-9]+个月|[\u4E00-\u9FFF]*月数)/#) {
      "稳定就业满\($0.1)"
    }
    text = text.replacing(#/数(?:达到|达)([^，。且或的之]+)$/#) { "数不少于\($0.1)" }
    text = text.replacing(#/^(\s*对[^，]+)，每(?:一)?(?:年|年度|自然年)$/#) { "\($0.1)，每个年度" }
    text = text.replacing(#/（1(＋|－|\+|-)/#) { "（100%\($0.1)" }
    text = text.replacing(#/(＝|=)((?:每[人月年日天家户岗个名次期])+)([0-9.,]+万?元)/#) { found in
      let units = found.2.split(separator: "每").joined(separator: "·")
      return "\(found.1)\(found.3)/\(units)"
    }
    return text.replacing(#/(文化程度|工种)为([^“”（）的，且或]+)(?:或者?([^“”（）的，且或]+))?(的|，|且|$)/#) { found in
      guard let other = found.3 else { return "\(found.1)为“\(found.2)”\(found.4)" }
      return "\(found.1)为（“\(found.2)”、“\(other)”）之一\(found.4)"
    }
  }

  /// 如A，则800元；如B，则1200元；其余1500元: each otherwise goes on in brackets.
  private static func inTurn(_ text: String) -> String {
    let parts = text.split(whereSeparator: { "；;".contains($0) }).map(String.init)
    guard parts.count > 1, let start = parts[0].firstRange(of: "如"), parts[0].contains("，则") else { return text }
    let lead = parts[0][..<start.lowerBound]
    var cases = [String(parts[0][start.lowerBound...])]
    var last: String?
    for part in parts.dropFirst() {
      let rest = part.drop { $0 == "，" || $0 == " " }
      if let word = ["否则", "其余的", "其余", "其他的", "其他", "其它"].first(where: { rest.hasPrefix($0) }) {
        last = String(rest.dropFirst(word.count).drop { $0 == "，" || $0 == "为" })
      } else {
        cases.append(rest.hasPrefix("如") ? String(rest) : "如" + rest)
      }
    }
    guard let last, !last.isEmpty else { return text }
    // What follows the last figure is the payment's.
    let tail = last.firstRange(of: "，").map { String(last[$0.lowerBound...]) } ?? ""
    let figure = last.dropLast(tail.count)
    let closing = String(repeating: "）", count: cases.count - 1)
    return lead + cases.joined(separator: "，否则（") + "，否则" + figure + closing + tail
  }

  /// 月工资的 10 %, 月工资的2/3, 补贴标准＋如…，则…，否则…, 进位（期次÷12）.
  private static func figured(_ text: String) -> String {
    var text = text.replacing(#/([\u4E00-\u9FFF：，]) +([0-9])/#) { "\($0.1)\($0.2)" }
    text = text.replacing(#/([0-9%]) +([\u4E00-\u9FFF，%])/#) { "\($0.1)\($0.2)" }
    text = text.replacing(#/(：|＝|＋|－)([^：，＝（）＋－×÷]+?)的([0-9.]+%|[0-9]+/[0-9]+)/#) {
      "\($0.1)\($0.3)×\($0.2)"
    }
    text = text.replacing(#/(＋|－|×|\+)如([^（）]+，则[^，（）]+，否则[^，（）]+)/#) { "\($0.1)（如\($0.2)）" }
    text = text.replacing(#/进位（([^（）]+)）([×÷＋－])?/#) { found in
      let whole = "（\(found.1)）进位到1"
      return found.2.map { "（\(whole)）\($0)" } ?? whole
    }
    return text
  }

  /// 月工资的10%, 但不超过500元, 给予企业1000元补贴, 同一人只享受一次, 对每名员工.
  private static func payments(_ text: String) -> String {
    var text = figured(EverydayStays.each(text))
    text = text.replacing(
      #/^(\s*付给[^：]+：)(.+?)，?(?:但|最高|最多|累计|合计)?(?:不超过|不高于|最高|最多|封顶)([0-9.,]+万?元|[^0-9，、][^，、]*?)(，于[^，]+计为应付)?$/#
    ) { "\($0.1)（\($0.2)、\($0.3)）中较小者\($0.4 ?? "")" }
    text = text.replacing(
      #/^(\s*付给[^：]+：)(.+?)，?(?:但|且|并|最低)?(?:不低于|不少于|最低|保底)([0-9.,]+万?元|[^0-9，、][^，、]*?)(，于[^，]+计为应付)?$/#
    ) { "\($0.1)（\($0.2)、\($0.3)）中较大者\($0.4 ?? "")" }
    text = text.replacing(
      #/^(\s*同一[^，]*?)只(?:能|可以|可|准)?(?:享受|领取|补贴|补助|奖励|发放|给予|申领|申请)(?:一|1)次$/#
    ) { "\($0.1)只计一次" }
    text = text.replacing(#/^(\s*)每人只(?:能|可)?(?:计|享受|领取|补贴|发放|申领)(?:一|1)次$/#) { "\($0.1)每人一次" }
    text = text.replacing(
      #/^(\s*)(?:给予|发放给|发给|奖励|补助|补贴)([^0-9：，]+?)([0-9.,]+万?元)(?:的)?(?:一次性)?(?:补贴|奖励|补助|奖补)?$/#
    ) { "\($0.1)付给\($0.2)：\($0.3)" }
    text = text.replacing(#/对每(?:名|位|个)(?:员工|职工|劳动者|务工人员|人员|工人)/#) { _ in "对每名录用人员" }
    return text.replacing(#/对每(?:家|个)(?:用人单位|单位|公司|用工企业)/#) { _ in "对每家企业" }
  }
}

/// Numbers in Chinese: 三, 十二, 一千五百, 两万.
enum ChineseNumeral {
  private static let digits: [Character: Int] = [
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  ]
  private static let places: [Character: Int] = ["十": 10, "百": 100, "千": 1_000]

  /// Nil where it is none, or too large to be one of a rule.
  static func value(_ text: some StringProtocol) -> Int? {
    guard !text.isEmpty, text.count <= 12 else { return nil }
    var (whole, part, digit): (Int, Int, Int?) = (0, 0, nil)
    for character in text {
      if let found = digits[character] {
        guard digit == nil || digit == 0 else { return nil }
        digit = found
      } else if let place = places[character] {
        part += (digit ?? 1) * place
        digit = nil
      } else if character == "万" {
        guard part + (digit ?? 0) > 0 else { return nil }
        whole += (part + (digit ?? 0)) * 10_000
        (part, digit) = (0, nil)
      } else {
        return nil
      }
    }
    return whole + part + (digit ?? 0)
  }
}
