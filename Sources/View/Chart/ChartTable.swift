// Charts read as tables, for formats that cannot draw and for readers who want the figures.

import Diagnostics

extension Chart {
  /// The chart's figures.
  package var table: Table {
    var table =
      switch self {
      case .bars(let chart): chart.table
      case .lines(let chart): chart.table
      case .tornado(let chart): chart.table
      case .histogram(let chart): chart.table
      case .stacked(let chart): chart.table
      }
    if let subtitle {
      table.title = table.title.map { Text("\($0.en); \(subtitle.en)", zh: "\($0.zh)；\(subtitle.zh)") } ?? subtitle
    }
    return table
  }
}

extension BarChart {
  var table: Table {
    Table(
      title: title,
      columns: [
        .init(Text("Item", zh: "项目"), .left, .essential, key: "item"),
        .init(Text("Value", zh: "数值"), .right, .essential, key: "value"),
      ],
      rows: bars.map { .init([.text($0.label), $0.value.cell]) })
  }
}

extension LineChart {
  /// A row for each place on the x axis, a column for each series.
  var table: Table {
    var places: [Double: Int] = [:]
    var rows: [(x: ChartValue, cells: [Cell])] = []
    for (column, line) in series.enumerated() {
      for point in line.points {
        let row: Int
        if let known = places[point.x.position] {
          row = known
        } else {
          row = rows.count
          places[point.x.position] = row
          rows.append((point.x, Array(repeating: .empty, count: series.count)))
        }
        rows[row].cells[column] = point.y.cell
      }
    }
    rows.sort { $0.x.position < $1.x.position }
    let names = series.map { $0.name }
    return Table(
      title: title,
      columns: [.init(xTitle, .right, .essential)]
        + names.map { Table.Column(names.count == 1 ? yTitle : $0, .right, .important) },
      rows: rows.map { .init([$0.x.cell] + $0.cells) })
  }
}

extension TornadoChart {
  var table: Table {
    Table(
      title: title,
      columns: [
        .init(Text("Input", zh: "参数"), .left, .essential, key: "input"),
        .init(Text("From", zh: "低值"), .right, .useful, key: "low_input"),
        .init(Text("To", zh: "高值"), .right, .useful, key: "high_input"),
        .init(Text("Outcome low", zh: "低值结果"), .right, .essential, key: "low"),
        .init(Text("Outcome high", zh: "高值结果"), .right, .essential, key: "high"),
      ],
      rows: bars.map { .init([.text($0.label), .text($0.lowInput), .text($0.highInput), $0.low.cell, $0.high.cell]) },
      footer: .init([.text(Text("Base", zh: "基准")), .empty, .empty, base.cell]))
  }
}

extension Histogram {
  var table: Table {
    Table(
      title: title,
      columns: [
        .init(Text("From", zh: "自"), .right, .essential, key: "from"),
        .init(Text("To", zh: "至"), .right, .essential, key: "to"),
        .init(Text("Count", zh: "次数"), .right, .essential, key: "count"),
      ],
      rows: bins.map { .init([$0.from.cell, $0.to.cell, .integer($0.count)]) })
  }
}

extension StackedChart {
  /// A row for each month, a column for each part, then the month's sum and the sum so far.
  var table: Table {
    // Along the time months stand; along anything else what the axis is called.
    let key = xTitle.en == "Time" ? "month" : xTitle.en.lowercased().replacing(" ", with: "_")
    var columns = [Table.Column(xTitle, .left, .essential, key: key)]
    columns += series.map { Table.Column($0.name, .right, .useful) }
    if series.count != 1 { columns.append(.init(yTitle, .right, .essential, key: "sum")) }
    if !cumulative.isEmpty { columns.append(.init(soFar, .right, .important, key: "cumulative")) }
    let passed = self.passed
    return Table(
      title: title, columns: columns,
      rows: places.indices.map { location in
        var cells: [Cell] = [.date(places[location])] + series.indices.map { value(fen($0, location)).cell }
        if series.count != 1 { cells.append(value(sum(location)).cell) }
        if !cumulative.isEmpty {
          cells.append(location < cumulative.count ? value(cumulative[location]).cell : .empty)
        }
        return .init(cells, role: location == passed ? .warning : nil)
      })
  }

  /// The head of what the months have added up to.
  var soFar: Text { Text("So far, \(unit.en)", zh: "累计（\(unit.zh)）") }
}
