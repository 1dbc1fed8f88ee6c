// Dates as office programs and people write them, apart from the usual forms: with dots, without separators, with a
// time or a weekday, as a spreadsheet's number of days. What can be two days is refused with both. Knows nothing of
// files.
import Reckoning

/// The ways of writing a date that have one meaning.
struct DateWriting {
  let text: String
  let type: FieldType
  /// What somebody has said of how days are written.
  var order = DateOrder()
  /// Whether the last day of something is asked for; nil: nobody knows.
  var isLast: Bool?

  /// The days of a spreadsheet's numbers that are taken for dates: from 1927 to 2099, all of five digits.
  private static let serials = 10_000...73_050

  /// Whether it is a date with what has been said of days.
  var isRead: Bool {
    do { return try read() != nil } catch { return false }
  }

  /// - Returns: a day's number as columns hold it and how it was written; nil where it is no date.
  func read() throws(ValueProblem) -> (raw: Int32, form: WrittenForm)? {
    guard text.utf8.count <= 60 else { return nil }
    if type == .date, let isLast, let (own, word) = DateWords.goingOn(text) {
      let day = DateWriting(text: own, type: type, order: order, isLast: isLast)
      if day.isRead { throw .goesOn(text, word: word, isLast: isLast) }
    }
    var rest = DateWords.plain(CellText.plain(text), isLast: isLast)
    var form = WrittenForm.date
    var weekday = DateWriting.takeWeekday(&rest)
    if let isElsewhere = takeTime(&rest) {
      form = .time
      if isElsewhere, let day = try day(rest)?.day {
        let (before, after) = (Day(number: day.number - 1).text, Day(number: day.number + 1).text)
        throw .severalMeanings(text, [day.text, before, after])
      }
    }
    // 2022年3月1日 星期二 9:00
    if weekday == nil, form == .time { weekday = DateWriting.takeWeekday(&rest) }
    if weekday != nil { form = .weekday }
    if let found = try day(rest) {
      if let weekday, (Int(found.day.number) % 7 + 11) % 7 != weekday {
        throw .notItsWeekday(text, found.day.text)
      }
      return (found.day.number, found.form == .date ? form : found.form)
    }
    if weekday == nil, form == .date { return try monthOrYear(rest).map { ($0, .date) } }
    return nil
  }

  // MARK: days

  private func day(_ text: String) throws(ValueProblem) -> (day: Day, form: WrittenForm)? {
    if let day = Day(text[...], loose: true) { return (day, .date) }
    let apart = text.split(separator: " ")
    if apart.count == 3, apart[0].utf8.count == 4, apart.allSatisfy({ CellText.isDigits($0) && $0.utf8.count <= 4 }) {
      return try day(apart.joined(separator: "-"))
    }
    if CellText.isDigits(text) {
      // A register's stamp of a day: 20230301000000.
      if text.utf8.count == 14, text.hasSuffix("000000") { return try day(String(text.prefix(8))) }
      if text == "999912", isLast == true { return Day(year: 9999, month: 12, day: 31).map { ($0, .digits) } }
      if text.utf8.count == 8, let all = Int(text),
        let day = Day(year: all / 10_000, month: all / 100 % 100, day: all % 100), (1900...2100).contains(day.year)
      {
        return (day, .digits)
      }
    }
    if let serial = DateWriting.serial(text) {
      return (order.contains(.from1904) ? serial + 1_462 : serial, .serial)
    }
    if let day = try EnglishDate(text)?.day(of: self.text, order) { return (day, .date) }
    if let last = DateWriting.lastOfMonth(text) { return (last, .date) }
    let (numbers, marks) = DateWriting.parts(text)
    if numbers.count == 2, let year = order.year, DateWriting.isWithoutYear(text) {
      return (try day(numbers[0].value, numbers[1].value, marks, numbers[1].digits, in: year), .date)
    }
    guard numbers.count == 3 else { return nil }
    let (a, b, c) = (numbers[0], numbers[1], numbers[2])
    let isChinese = marks == ["年", "月", "日"] || marks == ["年", "月", "号"] || marks == ["年", "月"]
    let isMarked = isChinese || [["-", "-"], ["/", "/"], [".", "."], [".", ".", "."]].contains(marks)
    guard isMarked, b.digits <= 2 else { return nil }
    if a.digits == 4, c.digits <= 2 {
      if let day = Day(year: a.value, month: b.value, day: c.value) { return (day, .date) }
      throw .noSuchDay(self.text)
    }
    if a.digits <= 2, c.digits <= 2, let day = try said(a.value, b.value, c.value, a.digits, isChinese) {
      return (day, .date)
    }
    if a.digits <= 2, c.digits <= 2 {
      let years =
        a.digits == 2 ? [2000, 1900].compactMap { Day(year: $0 + a.value, month: b.value, day: c.value) } : []
      let last = isChinese ? nil : (a.value, b.value, c.value, isWhole: c.digits == 2)
      if let day = try ofTwoFigures(years, last, isSlashed: marks.first == "/") { return (day, .date) }
    }
    if !isChinese, a.digits <= 2, c.digits == 4 {
      // The month first or the day first: where both are days and not the same, nobody knows.
      let both = [Day(year: c.value, month: a.value, day: b.value), Day(year: c.value, month: b.value, day: a.value)]
        .compactMap { $0 }
      if both.count == 2, both[0] != both[1] {
        if order.contains(.monthFirst) { return (both[0], .date) }
        if order.contains(.dayFirst) { return (both[1], .date) }
        // Where points stand between the figures, the day is usually the first.
        throw .ambiguousDate(
          self.text, both.map(\.text), marks.first == "." ? [.dayFirst, .monthFirst] : [.monthFirst, .dayFirst])
      }
      return both.first.map { ($0, .date) }
    }
    return nil
  }

  /// 2022年3月末日, 2022年3月最后一天
  private static func lastOfMonth(_ text: String) -> Day? {
    for word in ["末日", "最后一日", "最后一天"] where text.hasSuffix(word) {
      let (numbers, marks) = parts(String(text.dropLast(word.count)))
      guard numbers.count == 2, numbers[0].digits == 4, marks == ["年", "月"], numbers[1].value < 12 else {
        return numbers.count == 2 && numbers[1].value == 12 ? Day(year: numbers[0].value, month: 12, day: 31) : nil
      }
      return Day(year: numbers[0].value, month: numbers[1].value + 1, day: 1).map { Day(number: $0.number - 1) }
    }
    return nil
  }

  /// Whether a text says a month and a day and no year: 3月1日, 3/1.
  static func isWithoutYear(_ text: String) -> Bool {
    let (numbers, marks) = parts(CellText.plain(text))
    guard numbers.count == 2, numbers.allSatisfy({ $0.digits <= 2 && $0.value > 0 }), numbers[0].value <= 12,
      numbers[1].value <= 31
    else { return false }
    return [["月", "日"], ["月", "号"], ["月"], ["/"], ["-"], ["."]].contains(marks)
  }

  /// Such a text with points and a day of one figure, which may have been the tenth, the twentieth or the thirtieth.
  static func mayHaveLostNought(_ text: String) -> Bool {
    let (numbers, marks) = parts(CellText.plain(text))
    return isWithoutYear(text) && marks == ["."] && numbers[1].digits == 1 && numbers[1].value <= 3
  }

  /// Such a text of which a nought shows that none has been lost: 3.10, 3.01.
  static func showsNoughts(_ text: String) -> Bool {
    let (numbers, marks) = parts(CellText.plain(text))
    return isWithoutYear(text) && marks == ["."] && numbers[1].digits == 2
      && (numbers[1].value % 10 == 0 || numbers[1].value < 10)
  }

  /// The month of such a text.
  static func month(_ text: String) -> Int? { parts(CellText.plain(text)).numbers.first?.value }

  /// A month and a day of a year that somebody has said.
  private func day(
    _ month: Int, _ day: Int, _ marks: [String], _ digits: Int, in year: Int
  ) throws(ValueProblem) -> Day {
    guard let found = Day(year: year, month: month, day: day) else { throw .noSuchDay(text) }
    // A spreadsheet's number 3.10 loses its last digit.
    if marks == ["."], digits == 1, let other = Day(year: year, month: month, day: day * 10) {
      if order.contains(.oneIsTenth) { return other }
      if order.contains(.oneIsFirst) { return found }
      throw .ambiguousDate(text, [found.text, other.text], [.oneIsFirst, .oneIsTenth])
    }
    return found
  }

  /// The day of two figures for the year, where somebody has said which century is meant; and the order of the parts,
  /// if that was said as well.
  private func said(_ a: Int, _ b: Int, _ c: Int, _ digits: Int, _ isChinese: Bool) throws(ValueProblem) -> Day? {
    let century = order.contains(.thisCentury) ? 2000 : 1900
    guard order.contains(.thisCentury) || order.contains(.lastCentury) else { return nil }
    let parts: (year: Int, month: Int, day: Int)
    if isChinese || !(order.contains(.dayFirst) || order.contains(.monthFirst)) {
      guard digits == 2 else { return nil }
      parts = (a, b, c)
    } else {
      parts = order.contains(.dayFirst) ? (c, b, a) : (c, a, b)
    }
    if let day = Day(year: century + parts.year, month: parts.month, day: parts.day) { return day }
    // 12/31/22: the year may be the last of them.
    if parts == (a, b, c), !isChinese { return nil }
    throw .noSuchDay(text)
  }

  /// A day whose year has two figures, where what has been said does not decide it: 3/1/22, 12/31/22, 22.3.1.
  /// - Parameters:
  ///   - years: the days that it is with the year first.
  ///   - last: its figures, where the year may be the last of them.
  /// - Returns: nil where it is no day at all.
  private func ofTwoFigures(
    _ years: [Day], _ last: (Int, Int, Int, isWhole: Bool)?, isSlashed: Bool
  ) throws(ValueProblem) -> Day? {
    let centuries: [DateOrder] = [.thisCentury, .lastCentury]
    func day(_ order: DateOrder, _ century: Int) -> Day? {
      guard let (a, b, year, isWhole) = last, isWhole || !years.isEmpty else { return nil }
      return Day(year: century + year, month: order == .monthFirst ? a : b, day: order == .monthFirst ? b : a)
    }
    let orders = [DateOrder.monthFirst, .dayFirst].filter {
      day($0, 2000) != nil && (order.isDisjoint(with: [.monthFirst, .dayFirst]) || order.contains($0))
    }
    let first = order.isDisjoint(with: [.monthFirst, .dayFirst]) ? years : []
    if first.isEmpty, let only = orders.first, orders.count == 1 {
      if let said = centuries.first(where: order.contains) { return day(only, said == .thisCentury ? 2000 : 1900) }
      throw .ambiguousDate(text, [2000, 1900].compactMap { day(only, $0)?.text }, centuries)
    }
    var meanings: [String] = []
    for found in first + orders.compactMap({ day($0, 2000) }) where !meanings.contains(found.text) {
      meanings.append(found.text)
    }
    guard !meanings.isEmpty else { return nil }
    let isOfOrder = first.isEmpty || isSlashed && day(.monthFirst, 2000) != nil
    throw .ambiguousDate(text, meanings, isOfOrder ? [.monthFirst, .dayFirst] : centuries)
  }

  /// A spreadsheet's number of days since the end of 1899, with or without a time behind the point.
  private static func serial(_ text: String) -> Day? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ CellText.isDigits($0) }), parts[0].utf8.count == 5, let days = Int32(parts[0]),
      serials.contains(Int(days))
    else { return nil }
    return Day.clamped(year: 1899, month: 12, day: 30) + days
  }

  // MARK: months and years

  /// `1990.03`, `199003` where a month will do, `2021年度` where a year will.
  private func monthOrYear(_ text: String) throws(ValueProblem) -> Int32? {
    if type == .date {
      // A month in which something ended is no first day, and one in which it began no last one.
      let month = DateWriting(text: self.text, type: .dateOrMonth, order: order)
      if isLast == true, order.contains(.monthEnds) {
        return try month.monthOrYear(text).flatMap { DateWriting.lastOfMonth(Day(number: $0)) }
      }
      return isLast != true && order.contains(.monthBegins) ? try month.monthOrYear(text) : nil
    }
    if let english = EnglishDate(text), english.isMonth, type == .dateOrMonth { return english.firstDay?.number }
    let (numbers, marks) = DateWriting.parts(text)
    switch type {
    case .dateOrMonth:
      if numbers.count == 1, numbers[0].digits == 6, marks.isEmpty {
        return Day(year: numbers[0].value / 100, month: numbers[0].value % 100, day: 1).flatMap(DateWriting.recent)
      }
      guard numbers.count == 2, numbers[0].digits == 4, numbers[1].digits <= 2,
        [["."], ["-"], ["/"], ["年", "月"], ["年"], ["年", "月", "份"]].contains(marks)
      else { return nil }
      if marks == ["."], numbers[1].digits == 1, numbers[1].value == 1 {
        // A spreadsheet's number 1990.10 loses its last digit.
        if !order.isDisjoint(with: [.oneIsJanuary, .oneIsOctober]) {
          let month = order.contains(.oneIsOctober) ? 10 : 1
          return Day(year: numbers[0].value, month: month, day: 1)?.number
        }
        throw .ambiguousDate(
          self.text, ["\(numbers[0].value)-01", "\(numbers[0].value)-10"], [.oneIsJanuary, .oneIsOctober])
      }
      return Day(year: numbers[0].value, month: numbers[1].value, day: 1)?.number
    case .dateOrYear:
      // A month in which something happened, where somebody has said which day stands for one.
      if numbers.count == 2 || numbers.first?.digits == 6, order.contains(.monthBegins) {
        return try DateWriting(text: self.text, type: .dateOrMonth, order: order).monthOrYear(text)
      }
      guard numbers.count == 1, numbers[0].digits == 4, [["年"], ["年", "度"], ["届"], ["级"]].contains(marks),
        numbers[0].value >= 1
      else { return nil }
      if marks == ["级"] { return nil }
      return DateOrYear.base + Int32(truncatingIfNeeded: numbers[0].value)
    case .date, .text, .bool, .int, .money, .figure, .place, .county, .area, .choice, .reference, .set: return nil
    }
  }

  private static func lastOfMonth(_ day: Day) -> Int32? {
    let (year, month, _) = day.parts
    let next = month == 12 ? Day(year: year + 1, month: 1, day: 1) : Day(year: year, month: month + 1, day: 1)
    return next.map { $0.number - 1 }
  }

  private static func recent(_ day: Day) -> Int32? { (1900...2100).contains(day.year) ? day.number : nil }

  // MARK: parts

  /// The numbers of a text and the marks behind them; blanks are left out.
  private static func parts(_ text: String) -> (numbers: [(value: Int, digits: Int)], marks: [String]) {
    var numbers: [(value: Int, digits: Int)] = []
    var marks: [String] = []
    var isInside = false
    for scalar in text.unicodeScalars where scalar != " " {
      if (0x30...0x39).contains(scalar.value) {
        if !isInside { numbers.append((0, 0)) }
        isInside = true
        let last = numbers[numbers.count - 1]
        if last.digits >= 9 { return ([], []) }
        numbers[numbers.count - 1] = (last.value * 10 + Int(scalar.value - 0x30), last.digits + 1)
      } else {
        isInside = false
        marks.append(String(scalar))
      }
    }
    return (numbers, marks)
  }

  /// Takes a weekday off the end, in brackets or not.
  /// - Returns: 0 for Sunday to 6 for Saturday.
  private static func takeWeekday(_ text: inout String) -> Int? {
    var rest = text
    if rest.hasSuffix(")"), let open = rest.lastIndex(of: "(") {
      rest.remove(at: open)
      rest.removeLast()
    }
    for (day, sign) in ["日", "一", "二", "三", "四", "五", "六"].enumerated() {
      for name in ["星期" + sign, "周" + sign, "礼拜" + sign] + (day == 0 ? ["星期天", "周天", "礼拜天"] : [])
      where rest.hasSuffix(name) {
        text = String(Members.trimmed(rest.dropLast(name.count)))
        return day
      }
    }
    let english = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
    let lower = rest.lowercased()
    for (day, name) in english.enumerated() {
      for written in [name, String(name.prefix(3))] where lower.hasSuffix(" " + written) {
        text = String(Members.trimmed(rest.dropLast(written.count)))
        return day
      }
    }
    return nil
  }

  /// Takes a time off the end.
  /// - Returns: whether it may be a time of another zone, so that the day may be another; nil without a time.
  private func takeTime(_ text: inout String) -> Bool? {
    guard let colon = text.firstIndex(of: ":"),
      let gap = text[..<colon].lastIndex(where: { $0 == " " || $0 == "T" || $0 == "t" })
    else { return nil }
    var time = text[text.index(after: gap)...]
    var isElsewhere = false
    if time.hasSuffix("Z") || time.hasSuffix("z") {
      time = time.dropLast()
      isElsewhere = true
    } else if let sign = time.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      let zone = time[time.index(after: sign)...].filter { $0 != ":" }
      guard CellText.isDigits(zone), zone.utf8.count == 4 || zone.utf8.count == 2 else { return nil }
      isElsewhere = !(time[sign] == "+" && (zone == "08" || zone == "0800"))
      time = time[..<sign]
    }
    for half in [" AM", " PM", "AM", "PM"] where time.uppercased().hasSuffix(half) {
      time = time.dropLast(half.count)
      break
    }
    let parts = time.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts[0].utf8.count <= 2, CellText.isDigits(parts[0]),
      CellText.isDigits(parts[1]), parts[1].utf8.count == 2
    else { return nil }
    if parts.count == 3 {
      let seconds = parts[2].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard seconds.allSatisfy({ CellText.isDigits($0) }), seconds[0].utf8.count == 2 else { return nil }
    }
    text = String(Members.trimmed(text[..<gap]))
    return isElsewhere
  }
}
