// The sheets of a book of figures: what they are called, what stands in which column. This layout is what is written
// and what is read back. Knows nothing of rows.

import Diagnostics

/// The sheets of a book of figures, in their order.
enum FiguresSheet: CaseIterable, Hashable {
  case parameters, sources, tables, readings, values, examples

  var name: Text {
    switch self {
    case .parameters: Text("Parameters", zh: "参数")
    case .sources: Text("Sources", zh: "资金来源")
    case .tables: Text("Tables", zh: "标准表")
    case .readings: Text("Readings", zh: "口径")
    case .values: Text("Values", zh: "引用标准")
    case .examples: Text("Examples", zh: "算例")
    }
  }

  /// What stands above the list.
  var note: Text {
    switch self {
    case .parameters:
      Text("Figures that the text states. Edit the column ‘New’.", zh: "文件写明的数值。请改“改为”一列。")
    case .sources:
      Text(
        "Which share of the money each source bears; what is left goes to the source without a share. Edit ‘New’.",
        zh: "各资金来源承担的比例，其余由未写比例的来源承担。请改“改为”一列。")
    case .tables:
      Text(
        "Figures and bounds of the tables, row by row. Edit the column ‘New’.", zh: "各标准表逐行的标准与界限。请改“改为”一列。")
    case .readings:
      Text("How open questions of the text are read. Choose in the column ‘New’.", zh: "文件未言明之处的理解口径。请在“改为”一列选择。")
    case .values:
      Text(
        "Figures that other documents lay down. Fill in the column ‘New’; empty: not stated.",
        zh: "由其他文件规定的数值。请填“改为”一列，空白即未填。")
    case .examples:
      Text(
        "What the examples come to. The column ‘New’ says what you expect with the new figures; empty: nothing.",
        zh: "文件算例的结果。“改为”一列写按新数值预期的结果，空白即不作预期。")
    }
  }

  /// The head of each column.
  var heads: [Text] {
    let (name, now, new) = (Text("Name", zh: "名称"), Text("Now", zh: "现为"), Text("New", zh: "改为"))
    let unit = Text("Unit", zh: "单位")
    switch self {
    case .parameters, .sources, .tables:
      return [
        name, Text("What it is", zh: "所属"), now, new, unit, Text("At least", zh: "下限"), Text("At most", zh: "上限"),
        Text("Meaning", zh: "含义"),
      ]
    case .readings:
      return [
        name, Text("Question", zh: "问题"), now, new, Text("Choices", zh: "选项"), Text("What they mean", zh: "选项含义"),
      ]
    case .values:
      return [name, Text("Meaning", zh: "含义"), now, new, unit, Text("Laid down by", zh: "出处")]
    case .examples:
      return [
        name, Text("Example", zh: "算例"), now, new, unit, Text("Of", zh: "所算"), Text("Given", zh: "已知"),
      ]
    }
  }

  /// The width of each column, in characters.
  var widths: [Double] {
    switch self {
    case .parameters, .sources, .tables: [40, 42, 15, 15, 20, 12, 12, 52]
    case .readings: [44, 52, 18, 18, 30, 70]
    case .values: [30, 46, 15, 15, 20, 40]
    case .examples: [8, 46, 15, 15, 12, 34, 80]
    }
  }

  /// The columns, counted from 1.
  static let nameColumn = 1
  static let nowColumn = 3
  static let newColumn = 4
  static let unitColumn = 5
  /// The row of the first figure: a title, a note and the heads stand above.
  static let firstRow = 4
}
