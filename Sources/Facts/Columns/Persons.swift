// Who is who: the persons behind a list's records, by identity number where one is stated, else by name (semantics,
// "Persons and hires"); and what is wrong or strange about numbers and names (facts, "Who is who"). Knows nothing of
// rules.
import Diagnostics
import Reckoning

/// The column of persons.
public enum Persons {
  /// The name of the column that `ListDeclaration.person` points to where records may state an identity number.
  public static let column = "person"

  /// Adds the column of persons: texts of which equal ones are one person. A number and a name are never one, also
  /// where they read the same.
  static func add(
    to columns: inout [String: Column], of declaration: ListDeclaration, count: Int, ids: IDColumn?,
    texts: inout TextPool
  ) {
    guard let id = declaration.personID, let name = declaration.personName, let names = columns[name] else { return }
    guard case .int32(let numbers)? = columns[id]?.data, count > 0 else {
      columns[column] = names
      return
    }
    let out = Storage<Int32>(count: count, repeating: Absent.none32)
    var named: Set<Int32> = []
    let covered = texts.coveredNumbers(numbers, count)
    for row in 0..<count where numbers[row] < 0 {
      switch names.data {
      case .int32(let own): out[row] = own[row]
      case .constant(let own): out[row] = Int32(truncatingIfNeeded: own)
      // Nobody is named, so that each record without a number is somebody else's.
      case .ownIDs: if let ids { out[row] = texts.intern(ids.text(row)) }
      case .bools, .int64, .sets: break
      }
      named.insert(out[row])
    }
    var persons: [Int32: Int32] = [:]
    for row in 0..<count where numbers[row] >= 0 {
      if covered.contains(numbers[row]) {
        out[row] = behindCover(numbers[row], names, row, &texts)
        continue
      }
      // Nearly every number is its own text in capitals.
      if !texts.maySmall(numbers[row]), named.isEmpty || !named.contains(numbers[row]) {
        out[row] = numbers[row]
        continue
      }
      if let known = persons[numbers[row]] {
        out[row] = known
        continue
      }
      let upper = texts.text(numbers[row]).uppercased()
      var person = texts.intern(upper)
      if named.contains(person) { person = texts.apart(upper) }
      persons[numbers[row]] = person
      out[row] = person
    }
    columns[column] = Column(.int32(out), hasAbsent: (0..<count).contains { out[$0] < 0 })
  }

  /// Whose number a covered one is: several people's may look alike, so that the name tells them apart.
  private static func behindCover(_ number: Int32, _ names: Column, _ row: Int, _ texts: inout TextPool) -> Int32 {
    guard let raw = names.raw(row), raw >= 0 else { return number }
    let name = Int32(truncatingIfNeeded: raw)
    return texts.intern(texts.text(name) + " " + texts.text(number).uppercased())
  }
}

extension TextPool {
  /// Whether signs stand for some of a number's figures: 350521********0011.
  func isCovered(_ number: Int32) -> Bool {
    withText(number) { start, count in
      for i in 0..<count {
        if start[i] == 0x2A { return true }
        // ＊ ● • ×
        if start[i] >= 0x80 { return text(number).contains { "＊●•×".contains($0) } }
      }
      return false
    }
  }

  /// The texts of a column that are covered numbers.
  fileprivate func coveredNumbers(_ numbers: Storage<Int32>, _ count: Int) -> Set<Int32> {
    var out: Set<Int32> = []
    for row in 0..<count where numbers[row] >= 0 && isCovered(numbers[row]) { out.insert(numbers[row]) }
    return out
  }
}

extension ListColumns {
  /// Refuses numbers that a spreadsheet has cut, and tells of numbers and names that do not go together. Asked before
  /// names that are not given take the record's id.
  func checkPersons(_ assembly: inout Assembly) {
    let declaration = list.schema.declaration
    guard let nameField = declaration.personName, let name = list.schema.named(nameField), name >= 0,
      let idField = declaration.personID, let id = list.schema.named(idField), id >= 0
    else { return }
    let names = int32(name), ids = int32(id)
    guard names != nil || ids != nil else { return }
    var survey = PersonSurvey(texts: assembly.texts)
    let sex = list.schema.named("sex").flatMap { $0 >= 0 ? int32($0) : nil }
    let born = list.schema.named("born").flatMap { $0 >= 0 ? int32($0) : nil }
    for row in 0..<list.count {
      // A covered number is nobody's alone.
      let id = ids.flatMap { $0[row] >= 0 && assembly.texts.isCovered($0[row]) ? nil : $0[row] } ?? -1
      survey.take(name: names?[row] ?? -1, id: id, sex: sex?[row] ?? -1, born: born?[row] ?? Int32.min)
    }
    let cut = survey.cut()
    if !cut.isEmpty, let ids {
      for row in 0..<list.count where ids[row] >= 0 && cut.contains(ids[row]) {
        let text = assembly.texts.text(ids[row])
        assembly.note(number, row, field: id, .cutNumber(text))
      }
    }
    survey.tell(of: declaration, id: idField, name: nameField, at: list.firstLocation, into: &assembly.remarks)
  }

  /// The values of a field that are made one by one; nil where it has none of 32 bits: texts, days, choices.
  func int32(_ field: Int) -> CheckedBuffer<Int32>? {
    guard field >= 0, case .buffer(let buffer) = made[field], case .int32(let values) = buffer.values else {
      return nil
    }
    return values
  }
}

/// What is seen of numbers and names, record by record.
private struct PersonSurvey {
  private let texts: TextPool
  /// By text, the number that stands for a number in upper case, and the name beside it; negative: none yet.
  private var upper: [Int32]
  private var nameOfID: [Int32]
  private var texted: [String: Int32] = [:]
  /// By the name's text.
  private var byName: [Seen]
  private var severalNames: Set<Int32> = []

  /// What stood beside a name.
  private struct Seen {
    /// None where the name has not been met.
    var id: Int32 = -2
    var sex: Int32 = -1
    var born: Int32 = .min
    var severalIDs = false
    var differs = false
  }

  init(texts: TextPool) {
    self.texts = texts
    upper = Array(repeating: -1, count: texts.count)
    nameOfID = Array(repeating: -1, count: texts.count)
    byName = Array(repeating: Seen(), count: texts.count)
  }

  /// - Parameters:
  ///   - name: the name's text; negative: not given.
  ///   - id: the number's text; negative: not given.
  mutating func take(name: Int32, id: Int32, sex: Int32, born: Int32) {
    let person = id >= 0 ? number(id) : -1
    if name >= 0 {
      var seen = byName[Int(name)]
      if seen.id == -2 { seen.id = person }
      if seen.id != person { seen.severalIDs = true }
      if sex >= 0 {
        if seen.sex >= 0, seen.sex != sex { seen.differs = true }
        seen.sex = sex
      }
      if born > Absent.none32 {
        if seen.born > Absent.none32, seen.born != born { seen.differs = true }
        seen.born = born
      }
      byName[Int(name)] = seen
    }
    guard person >= 0, name >= 0 else { return }
    let other = nameOfID[Int(person)]
    if other < 0 {
      nameOfID[Int(person)] = name
    } else if other != name {
      severalNames.insert(person)
    }
  }

  private mutating func number(_ id: Int32) -> Int32 {
    if upper[Int(id)] >= 0 { return upper[Int(id)] }
    var number = id
    if texts.maySmall(id) {
      let text = texts.text(id).uppercased()
      number = texts.id(text) ?? texted[text] ?? id
      texted[text] = number
    }
    upper[Int(id)] = number
    return number
  }

  /// The numbers, as they were written, that a spreadsheet has cut: in scientific notation, or of 18 digits that end
  /// in 000 under several names.
  func cut() -> Set<Int32> {
    var out: Set<Int32> = []
    for id in texts.numbers where upper[Int(id)] >= 0 {
      let (mayBeScientific, endsInNoughts) = texts.withText(id) { start, count in
        (
          count <= 24 && (0..<count).contains { start[$0] | 0x20 == 0x65 },
          count == 18 && (0..<18).allSatisfy { start[$0] &- 0x30 <= 9 && ($0 < 15 || start[$0] == 0x30) }
        )
      }
      if mayBeScientific && CellText.isScientific(texts.text(id))
        || endsInNoughts && severalNames.contains(upper[Int(id)])
      {
        out.insert(id)
      }
    }
    return out
  }

  func tell(
    of list: ListDeclaration, id: String, name: String, at location: SourceRange?, into remarks: inout [Diagnostic]
  ) {
    func warn(_ code: String, _ count: Int, _ text: Text, _ hint: Text) {
      if count > 0 { remarks.append(Diagnostic(.warning, code: code, text, hint: hint, at: location)) }
    }
    func words(_ field: String) -> String { list.field(field)?.words.zh ?? field }
    let numbers = severalNames.count
    warn(
      "one-number-several-names", numbers,
      Text(
        "\(numbers) of the numbers in `\(id)` of \(list.name) stand under several names; each number is one person",
        zh: "\(list.title.zh)的“\(words(id))”中有 \(numbers) 个号码对应多个姓名，同一号码按同一人计"),
      Text("check the numbers and the spelling of the names", zh: "请核对号码和姓名的写法"))
    let names = byName.count { $0.severalIDs }
    warn(
      "one-name-several-numbers", names,
      Text(
        "\(names) of the names in `\(name)` of \(list.name) have several numbers, or one with and one without; "
          + "each number is a person, and so is a name without one",
        zh: "\(list.title.zh)的“\(words(name))”中有 \(names) 个姓名对应多个号码，或者有的有号码、有的没有；不同号码按不同的人计，没有号码的按姓名另计"),
      Text("state `\(id)` in every record", zh: "请在每条记录填写“\(words(id))”"))
    let different = byName.count { $0.differs }
    warn(
      "one-name-several-people", different,
      Text(
        "\(different) of the names in `\(name)` of \(list.name) stand with several sexes or dates of birth",
        zh: "\(list.title.zh)的“\(words(name))”中有 \(different) 个姓名对应多个性别或出生日期"),
      Text("state `\(id)`, so that namesakes are told apart", zh: "请填写“\(words(id))”，以便区分同名的人"))
  }
}
