// What can be wrong with a projection: years, bases, and lines about what grows. Worded in both languages beside each
// case.

import Commands
import Diagnostics
import Sessions

enum ProjectMistake {
  case notAYear(String)
  case years(Int, Int)
  /// - Parameter other: the last year up to it in which records begin.
  case beforeBase(Int, base: Int, other: Int?)
  case tooManyYears(Int)
  case nothingBegins(Int, latest: ClosedRange<Int>?)
  case unknownSubject(String, nearest: [String])
  case noPart(Text, String)
  case notThere(Text, Int)
  case notAShare(String)
  case noFigure(Text)
  case outOfBounds(Text, Int, Text)
  case tooManyRecords(Int)
  case twice(Text)
  case nobodyLeft
  case notFixed(Text)
  case everyYear

  /// No more years than these follow a base.
  static let mostYears = 50
  /// No more records than these are made.
  static let mostRecords = 5_000_000

  var code: String {
    switch self {
    case .notAYear, .years, .beforeBase, .tooManyYears: "project-years"
    case .nothingBegins: "project-base"
    case .unknownSubject, .noPart, .notThere, .twice: "project-line"
    case .notAShare, .noFigure, .outOfBounds, .tooManyRecords, .nobodyLeft, .notFixed, .everyYear:
      "project-figure"
    }
  }

  var message: Text {
    switch self {
    case .notAYear(let text): Text("`\(text)` is no year", zh: "`\(text)` 不是年度")
    case .years(let first, let last):
      Text("the years go backwards, from \(first) to \(last)", zh: "年度倒置：从 \(first) 到 \(last)")
    case .beforeBase(let year, let base, _):
      Text("\(year) lies before the base year \(base)", zh: "\(year) 年早于基年 \(base)")
    case .tooManyYears(let base):
      Text(
        "more than \(ProjectMistake.mostYears) years behind the base year \(base)",
        zh: "超出基年 \(base) 之后 \(ProjectMistake.mostYears) 年")
    case .nothingBegins(let year, _):
      Text("no record of the scenario begins in \(year)", zh: "情景中没有 \(year) 年开始的记录")
    case .unknownSubject(let name, _):
      Text(
        "`\(name)` is no list whose records begin in the base year, no parameter and no value",
        zh: "`\(name)` 不是基年有记录的清单，也不是参数或引用标准")
    case .noPart(let list, let name):
      Text("\(list.en) refer to no `\(name)`", zh: "\(list.zh)没有指向 `\(name)` 的记录")
    case .notThere(let name, let year):
      Text("no record of \(name.en) begins in \(year)", zh: "\(name.zh)没有 \(year) 年开始的记录")
    case .notAShare(let text): Text("`\(text)` is no growth", zh: "`\(text)` 不是增长率")
    case .noFigure(let name):
      Text("\(name.en) has no figure to grow from", zh: "\(name.zh)没有可供增长的数值")
    case .outOfBounds(let name, let year, let figure):
      Text(
        "\(name.en) would be \(figure.en) in \(year), outside of its bounds",
        zh: "\(name.zh) \(year) 年将为\(figure.zh)，超出界限")
    case .tooManyRecords(let count):
      Text("\(count) records are too many to be carried on", zh: "推算出的记录有 \(count) 条，过多")
    case .twice(let name): Text("two lines say how \(name.en) goes", zh: "\(name.zh)写了两次")
    case .nobodyLeft:
      Text("nobody of the base year's hires has left, so nothing tells when they would", zh: "基年录用人员无人离职，无从得知离职的时间")
    case .notFixed(let name):
      Text("\(name.en) is a distribution, and a search needs one figure", zh: "\(name.zh)是分布，求解需要确定的数值")
    case .everyYear: Text("of every year no one amount can be asked", zh: "不能要求每一年度等于同一金额，也不能再写年度")
    }
  }

  var hint: Text? {
    switch self {
    case .notAYear: Text("write 2024 to 2028", zh: "写作 2024年 到 2028年")
    case .years: Text("write the earlier year first", zh: "请先写较早的年度")
    case .beforeBase(_, let base, let other?):
      Text("begin with \(base), or name another base: from \(other)", zh: "请从 \(base) 年开始，或另写基年：自 \(other)年")
    case .beforeBase(let year, let base, nil):
      Text("begin with \(base): no record begins in \(year) or before", zh: "请从 \(base) 年开始：\(year) 年及以前没有开始的记录")
    case .tooManyYears: Text("take fewer years", zh: "请减少年数")
    case .nothingBegins(_, let latest):
      latest.map { years in
        if years.count == 1 {
          return Text(
            "records begin in \(years.lowerBound): write from \(years.lowerBound)",
            zh: "记录始于 \(years.lowerBound) 年，请写：自 \(years.lowerBound)年")
        }
        return Text(
          "records begin from \(years.lowerBound) to \(years.upperBound): write from \(years.upperBound)",
          zh: "记录始于 \(years.lowerBound) 至 \(years.upperBound) 年，请写：自 \(years.upperBound)年")
      } ?? Text("state hires or other records with a first day", zh: "请写明有起始日期的记录，如录用人员")
    case .unknownSubject(_, let nearest):
      nearest.isEmpty
        ? Text(
          "hires grow 5% a year, hires of agencies = 300, minimum_wage grow 4% a year, retention = 70%..85%",
          zh: "例如：录用人员 每年增长 5%，机构的录用人员 = 300，月最低工资 每年增长 4%，留存率 = 70%..85%")
        : Text("did you mean \(nearest.joined(separator: ", "))?", zh: "是不是要写 \(nearest.joined(separator: "、"))？")
    case .noPart: Text("name a list that they refer to, or one of its records", zh: "请写其所指向的清单，或其中一条记录")
    case .notThere: Text("name another base, or leave the line out", zh: "请另写基年，或去掉这一项")
    case .notAShare: Text("write 5%, -2% or 3%..6%", zh: "写作 5%、-2% 或 3%..6%")
    case .noFigure: Text("state it: NAME = …, NAME grow …", zh: "请先写明：名称 = …，名称 每年增长 …")
    case .outOfBounds:
      Text("let it grow less, or set it from a year on: NAME = … from 2026", zh: "请降低增长率，或写明某年起的数值：名称 = … 自 2026年")
    case .tooManyRecords:
      Text(
        "no more than \(ProjectMistake.mostRecords) are made: take fewer years",
        zh: "最多 \(ProjectMistake.mostRecords) 条，请减少年数")
    case .twice: Text("write one line for each", zh: "每项只写一次")
    case .nobodyLeft: Text("state last days or a cohort's retention", zh: "请写明离职日期，或批次的留存率")
    case .notFixed: Text("write one figure", zh: "请写一个数值")
    case .everyYear: Text("write every year <= V, or every year >= V", zh: "请写“每年 不超过 金额”或“每年 不少于 金额”")
    }
  }

  /// - Parameter replacement: what was probably meant in place of the words there.
  func refusal(at location: SourceRange?, replacement: String? = nil) -> Refusal {
    Refusal([.error(code, message, hint: hint, at: location, replacement: replacement)])
  }
}
