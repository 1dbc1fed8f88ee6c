// What papers do not have of what the program writes into them, and what they have in other words, in sentences. Knows
// nothing of how it was found.

import Answers
import Diagnostics
import View

/// Lines and sentences that are missing or worded otherwise.
struct PaperLinesAnswer: Sendable {
  private let sentences: [String]
  private let lines: [(heading: String, line: [String])]
  private let reworded: [String]
  private let cells: [(place: Text, found: String, wanted: String)]

  /// So many are told one by one.
  private static let most = 5

  init(_ check: PaperCheck) {
    (sentences, lines) = (check.missingSentences, check.missingLines)
    (reworded, cells) = (check.reworded, check.rewordedCells)
  }

  /// For programs.
  var members: KeyValuePairs<String, Datum> {
    [
      "missing_sentences": .ids(sentences), "missing_lines": .ids(lines.map { PaperLinesAnswer.told($0.line).zh }),
      "reworded_sentences": .ids(reworded), "reworded_cells": .ids(cells.map(\.found)),
    ]
  }

  /// What is not there warns; what could not be held for its words is remarked.
  var notes: [Block] {
    var notes: [Block] = []
    if !lines.isEmpty {
      let told = lines.prefix(PaperLinesAnswer.most).map { one in
        let line = PaperLinesAnswer.told(one.line)
        return one.heading.isEmpty ? line : Text("\(one.heading): \(line.en)", zh: "\(one.heading)：\(line.zh)")
      }
      notes.append(
        .note(
          .warning,
          [
            Span(
              PaperLinesAnswer.list(
                Text(
                  "lines that these forms have as the program makes them, and not in the files", zh: "程序生成的表有而文件中没有的行"),
                told, of: lines.count))
          ]))
    }
    if !sentences.isEmpty {
      let told = sentences.prefix(PaperLinesAnswer.most).map { Text("“\($0.prefix(60))”", zh: "“\($0.prefix(60))”") }
      notes.append(
        .note(
          .warning,
          [
            Span(
              PaperLinesAnswer.list(
                Text(
                  "sentences that these papers have as the program makes them, and not in the files",
                  zh: "程序生成的材料有而文件中没有的句子"), told, of: sentences.count))
          ]))
    }
    if !reworded.isEmpty {
      let told = reworded.prefix(PaperLinesAnswer.most).map { Text("“\($0)”", zh: "“\($0)”") }
      notes.append(
        .note(
          .note,
          [
            Span(
              PaperLinesAnswer.list(
                Text(
                  "sentences with figures in words that are not the program's, held against nothing",
                  zh: "含有数字、写法与程序所写不同、未作核对的句子"), told, of: reworded.count))
          ]))
    }
    if !cells.isEmpty {
      let told = cells.prefix(PaperLinesAnswer.most).map { one in
        Text(
          "\(one.place.en): “\(one.found.prefix(30))” for “\(one.wanted.prefix(30))”",
          zh: "\(one.place.zh)“\(one.found.prefix(30))”（程序所写为“\(one.wanted.prefix(30))”）")
      }
      notes.append(
        .note(
          .note,
          [
            Span(
              PaperLinesAnswer.list(
                Text("cells worded otherwise than by the program, held against nothing", zh: "写法与程序所写不同、未作核对的格"),
                told, of: cells.count))
          ]))
    }
    return notes
  }

  private static func told(_ line: [String]) -> Text {
    let cells = line.filter { !$0.isEmpty }.prefix(3)
    return Text(cells.joined(separator: " | "), zh: cells.joined(separator: "、"))
  }

  private static func list(_ what: Text, _ told: [Text], of count: Int) -> Text {
    Text(
      "\(what.en): \(told.map(\.en).joined(separator: "; "))" + (count > told.count ? "; … (\(count))" : ""),
      zh: "\(what.zh)：\(told.map(\.zh).joined(separator: "；"))" + (count > told.count ? "等 \(count) 处" : ""))
  }
}
