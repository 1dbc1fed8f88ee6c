// A chart as offices have it: drawn by the spreadsheet or the text program from cells, so that it follows them. Knows
// nothing of what is drawn.

/// A chart over cells.
package struct NativeChart: Sendable {
  /// How it is drawn.
  package enum Form: Sendable, Hashable {
    /// Lying bars, the first at the top.
    case bars
    /// Standing bars side by side, without room between those of one series.
    case columns
    /// Standing bars one upon another; series that are lines run over them.
    case stacked
    /// Lines over names.
    case lines
    /// Lines over numbers.
    case points
  }

  /// Cells with what stands in them, so that who only shows the chart need not work anything out.
  package struct Cells: Sendable {
    package enum Values: Sendable {
      case texts([String])
      /// The texts of numbers, nil where a cell is empty; and the code of their format.
      case numbers([String?], format: String)
    }

    /// `'Sheet 1'!$A$2:$A$7`
    package var range: String
    package var values: Values

    package init(_ range: String, _ values: Values) {
      self.range = range
      self.values = values
    }
  }

  /// Figures that belong together.
  package struct Series: Sendable {
    package var name: String
    /// Where the name stands.
    var nameCell: String
    package var categories: Cells
    package var figures: Cells
    /// A line across bars.
    package var isLine = false
    package var isDashed = false

    package init(_ name: String, at nameCell: String, categories: Cells, figures: Cells) {
      self.name = name
      self.nameCell = nameCell
      self.categories = categories
      self.figures = figures
    }
  }

  package var form: Form
  package var title: String
  /// Below the title, smaller; empty where there is none.
  package var subtitle = ""
  /// What the axes measure, and in which unit.
  package var xTitle = ""
  package var yTitle = ""
  package var series: [Series]
  /// The font of Chinese text.
  var font = "Microsoft YaHei"

  package init(_ form: Form, title: String, series: [Series]) {
    self.form = form
    self.title = title
    self.series = series
  }

  /// Colours of series in turn, as far apart as six can be, told apart in grey as well.
  package static let colours = ["2F6DB3", "C8742D", "4D8A57", "8960A8", "B49A2E", "6B7F8C"]
}
