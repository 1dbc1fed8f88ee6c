// What a book of figures may have that does not fit the document any more, in words. Each has its cell. Knows nothing
// of how it was found.

import Commands
import Diagnostics
import Sessions

/// Why a book of figures is not taken over.
enum FiguresMistake {
  /// The workbook is none.
  case otherBook
  /// It was written in a layout that this program does not know.
  case otherForm(String)
  /// The draft is not there, and what it changes is no figure.
  case noDraft(String, document: String)
  /// The draft of this name is about another document.
  case otherDocument(draft: String, document: String, now: String)
  /// The rules have changed.
  case otherRules(String)
  case noSheet(Text)
  case unknownRow(String, known: [String])
  case secondRow(String)
  case missingRow(String)
  /// What held when the book was written is not what holds.
  case otherNow(Text, now: Text, book: String)
  case otherUnit(Text, unit: Text, book: String)
  case emptied(Text, was: Text)
  /// Shares of sources do not come to the whole.
  case shares(String, hasRest: Bool)

  private var message: Text {
    switch self {
    case .otherBook: Text("the workbook is no book of figures", zh: "工作簿不是数值簿")
    case .otherForm(let form):
      Text(
        "the book of figures has the layout `\(shown(form))`, which this program does not know",
        zh: "数值簿的版式 `\(shown(form))` 本程序不认识")
    case .noDraft(let draft, let document):
      Text(
        "the book is of the draft `\(shown(draft))`, which is not at hand and changes more than figures of "
          + "`\(shown(document))`",
        zh: "数值簿属于草案 `\(shown(draft))`，该草案现不存在，且其改动不止 `\(shown(document))` 的数值")
    case .otherDocument(let draft, let document, let now):
      Text(
        "the book is of `\(shown(document))`, and the draft `\(shown(draft))` is of `\(shown(now))`",
        zh: "数值簿属于 `\(shown(document))`，而草案 `\(shown(draft))` 基于 `\(shown(now))`")
    case .otherRules(let document):
      Text(
        "the rules of `\(shown(document))` have changed since the book was written",
        zh: "写出数值簿之后，`\(shown(document))` 的规则已有改动")
    case .noSheet(let name): Text("the sheet `\(name.en)` is missing", zh: "缺少工作表 `\(name.zh)`")
    case .unknownRow(let name, _):
      name.isEmpty
        ? Text("this row has no name: a row was added", zh: "此行没有名称：是增加的行")
        : Text("there is no figure `\(shown(name))`", zh: "没有名为 `\(shown(name))` 的数值")
    case .secondRow(let name): Text("`\(shown(name))` stands here again", zh: "`\(shown(name))` 重复出现")
    case .missingRow(let name): Text("the row of `\(shown(name))` is missing", zh: "缺少 `\(shown(name))` 一行")
    case .otherNow(let name, let now, let book):
      Text(
        "`\(name.en)` is \(now.en) now, and was `\(shown(book))` when the book was written",
        zh: "`\(name.zh)` 现为 \(now.zh)，写出数值簿时为 `\(shown(book))`")
    case .otherUnit(let name, let unit, let book):
      Text(
        "`\(name.en)` is counted in \(unit.en), not in `\(shown(book))`",
        zh: "`\(name.zh)` 以“\(unit.zh)”计，不是 `\(shown(book))`")
    case .emptied(let name, let was):
      Text("`\(name.en)` has no value here; it is \(was.en)", zh: "`\(name.zh)` 此处没有值；现为 \(was.zh)")
    case .shares(let sum, _):
      Text("the shares of the sources come to \(sum)", zh: "各资金来源的比例合计 \(sum)")
    }
  }

  private var hint: Text? {
    switch self {
    case .otherBook:
      Text("write one: save DOCUMENT into FILE.xlsx", zh: "先写出一份：保存 文件名称 存入 文件.xlsx")
    case .otherForm, .otherRules, .otherNow:
      Text("write the book anew, and carry your changes over", zh: "请重新写出数值簿，再把改动移入")
    case .noDraft: Text("make the draft again first, with the commands that made it", zh: "请先用原来的命令重新作出该草案")
    case .otherDocument: Text("give one of the two drafts another name", zh: "请给其中一个草案换个名称")
    case .noSheet, .missingRow:
      Text("take it from the book as it was written; what is not to change stays as it is", zh: "请从原簿补回；不改的行保持原样")
    case .unknownRow(let name, let known):
      Nearest.question(for: name, among: known)
        ?? Text("take the row out: new figures belong in the document", zh: "请删去此行；新的数值应写入文件本身")
    case .secondRow: Text("leave one of the two rows", zh: "两行只留一行")
    case .otherUnit: Text("only the column ‘New’ is edited", zh: "只改“改为”一列")
    case .shares(_, let hasRest):
      hasRest
        ? Text("they may come to 100% at most; what is left goes to the last source", zh: "合计不得超过 100%，余下的归其余来源")
        : Text("they have to come to 100%: change another share with it", zh: "须合计 100%，请同时改其他来源的比例")
    case .emptied: Text("write what it is to be, or what it was", zh: "请写改后的值，或写回原值")
    }
  }

  func diagnostic(at location: SourceRange?) -> Diagnostic {
    .error("figures-book", message, hint: hint, at: location)
  }
}
