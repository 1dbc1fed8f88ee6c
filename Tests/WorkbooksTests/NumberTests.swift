// Numbers as an office reads them: dates by their format, the 15 digits that are right, leading zeros, shares.
import Testing

@testable import Workbooks

@Suite("Numbers of sheets")
struct NumberTests {
  private func text(_ value: String, _ styles: String? = nil, properties: String = "") throws -> String {
    var book = Book("<row><c s=\"1\"><v>\(value)</v></c></row>")
    book.styles = styles
    book.properties = properties
    return try book.first()
  }

  @Test(
    "plain numbers keep the digits that are right",
    arguments: [
      ("4200", "4200"), ("-0.5", "-0.5"), ("4200.1999999999998", "4200.2"), ("0.10000000000000001", "0.1"),
      ("1E3", "1000"), ("1.5e-3", "0.0015"), ("123456789012345", "123456789012345"), ("0", "0"), ("-0", "-0"),
      ("99999999999999.999", "100000000000000"), ("1E+30", "1000000000000000000000000000000"), ("1E+300", "1E+300"),
      ("2.5E-300", "2.5E-300"), ("000.500", "000.500"), ("00000000000000000.5", "0.5"), (" 7 ", "7"),
      ("+1234567890123456", "1234567890123460"), ("-1.23456789012345678", "-1.23456789012346"),
    ])
  func general(value: String, wanted: String) throws {
    #expect(try text(value) == wanted)
  }

  @Test("a number of more than 15 digits is remarked: an id that was kept as a number")
  func cut() throws {
    let book = Book("<row><c><v>3.5010219900101123E+17</v></c><c><v>123456789012345</v></c></row>")
    let table = try book.table()
    #expect(table.texts == [["350102199001011000", "123456789012345"]])
    #expect(table.remarks[.cutNumber]?.places.map(\.name) == ["A1"])
  }

  @Test(
    "formats without a code that are dates, those of Chinese Excel among them",
    arguments: Array(14...22) + Array(27...36) + Array(50...58))
  func builtIn(number: Int) throws {
    #expect(try text("44621", Book.styles(number: number)) == "2022-03-01")
  }

  @Test("formats without a code that are none", arguments: [0, 1, 2, 3, 4, 11, 12, 37, 38, 39, 40, 46, 48, 49])
  func builtInNumbers(number: Int) throws {
    #expect(try text("44621", Book.styles(number: number)) == "44621")
  }

  @Test(
    "codes that are dates",
    arguments: [
      "yyyy-mm-dd", "yyyy\"年\"m\"月\"", "yyyy\"年\"m\"月\"d\"日\";@", "[$-804]aaaa", "[$-F800]dddd, mmmm dd, yyyy",
      "m/d/yy h:mm",
      "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", "e\"年\"m\"月\"", "mmm\\-yy", "[Red]yyyy/m/d", "上午/下午h\"时\"mm\"分\"",
    ])
  func dateCodes(code: String) throws {
    #expect(try text("44621", Book.styles(code: code)) == "2022-03-01")
  }

  @Test(
    "codes that are none",
    arguments: [
      "General", "[Red]General", "G/通用格式", "#,##0.00", "0.00E+00", "\"day\" 0", "[h]:mm", "[mm]:ss",
      "¥#,##0;[Red]-¥#,##0",
      "0_);\\(0\\)", "#,##0\"元\"", "_ * #,##0_ ", "0;d", "\\d0", "@",
    ])
  func numberCodes(code: String) throws {
    #expect(try text("44621", Book.styles(code: code)) == "44621")
  }

  @Test("leading zeros and shares are read as they are shown")
  func shown() throws {
    #expect(try text("1234", Book.styles(code: "000000")) == "001234")
    #expect(try text("1234567", Book.styles(code: "000000")) == "1234567")
    #expect(try text("-7", Book.styles(code: "000")) == "-007")
    #expect(try text("0.375", Book.styles(code: "0.0%")) == "37.5%")
    #expect(try text("0.070000000000000007", Book.styles(number: 9)) == "7%")
    #expect(try text("0", Book.styles(number: 10)) == "0%")
  }

  @Test(
    "days and times of the system of 1900",
    arguments: [
      ("1", "1900-01-01"), ("59", "1900-02-28"), ("60", "1900-02-29"), ("61", "1900-03-01"), ("25569", "1970-01-01"),
      ("36585", "2000-02-29"), ("2958465", "9999-12-31"), ("2958466", "2958466"), ("-1", "-1"), ("0", "00:00:00"),
      ("0.5", "12:00:00"), ("44621.354166666664", "2022-03-01 08:30:00"), ("44621.999999", "2022-03-02"),
      ("44621.0", "2022-03-01"), ("4.4621E4", "2022-03-01"), ("1E+9", "1000000000"),
    ])
  func from1900(value: String, wanted: String) throws {
    #expect(try text(value, Book.styles(number: 14)) == wanted)
  }

  @Test(
    "days of the system of 1904",
    arguments: [("0", "1904-01-01"), ("43159", "2022-03-01"), ("0.25", "1904-01-01 06:00:00")])
  func from1904(value: String, wanted: String) throws {
    for property in ["date1904=\"1\"", "date1904=\"true\""] {
      #expect(try text(value, Book.styles(number: 14), properties: property) == wanted)
    }
    #expect(try text("44621", Book.styles(number: 14), properties: "date1904=\"0\"") == "2022-03-01")
  }

  @Test("every day of two centuries is the day before's next")
  func calendar() {
    var expected = (year: 1900, month: 3, day: 1)
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    for serial in 61..<73_000 {
      var bytes: [UInt8] = []
      #expect(DateSystem.from1900.append(days: serial, seconds: 0, to: &bytes))
      let told = String(decoding: bytes, as: UTF8.self)
      guard told == "\(expected.year)-\(two(expected.month))-\(two(expected.day))" else {
        Issue.record("\(serial) is \(told)")
        return
      }
      let leap = expected.year % 4 == 0 && (expected.year % 100 != 0 || expected.year % 400 == 0)
      expected.day += 1
      if expected.day > lengths[expected.month - 1] + (leap && expected.month == 2 ? 1 : 0) {
        (expected.day, expected.month) = (1, expected.month + 1)
        if expected.month > 12 { (expected.month, expected.year) = (1, expected.year + 1) }
      }
    }
  }
}
