// The editor's part of the screen: prompts, the hint at the right margin, the list of completions, and drawing
// everything anew where libedit alone would leave remains. What is written here are plain ANSI sequences; a
// terminal that does not know them never gets an editor.

import CLibEdit
import Glibc

extension LineEditor {
  /// Writes to the terminal at once. A terminal that has gone is noticed when reading.
  func write(_ text: String) {
    edit_flush()
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return }
      done += count
    }
  }

  // MARK: Prompts

  private var markup: PromptMarkup {
    searchMarkup ?? (earlierLines.isEmpty ? promptMarkup : continuationMarkup)
  }

  func currentPrompt() -> UnsafeMutablePointer<UInt32>? { promptText.replace(with: markup.marked) }

  /// The hint, never empty while it is wanted: libedit looks again at each key only if something is shown.
  func currentHint() -> UnsafeMutablePointer<UInt32>? {
    rightPromptText.replace(with: PromptMarkup(hint()).marked)
  }

  /// Columns below which a hint is not worth showing.
  private static let leastHintWidth = 8

  private func hint() -> String {
    guard let rightPrompt, !hidesHint else { return "" }
    let (columns, _) = Self.window()
    let location = layout(columns: columns).end
    let room = columns - location.column - 3
    guard location.row == 0, room >= 1 else { return "" }
    let (text, cursor, _) = currentText()
    let hint = rightPrompt(text, cursor)
    let visible = Self.text(PromptMarkup(hint).visible)
    let width = CellWidth.of(visible)
    guard width > 0 else { return " " }
    if width <= room { return hint }
    // Colour is dropped where the text has to be cut.
    return room < Self.leastHintWidth ? " " : CellWidth.cut(CellWidth.printable(visible), to: room)
  }

  // MARK: Where things stand

  static func window() -> (columns: Int, rows: Int) {
    var columns: Int32 = 0
    var rows: Int32 = 0
    edit_window(&columns, &rows)
    return (Int(columns), Int(rows))
  }

  /// The places of the cursor and of the line's end, counted from the prompt's first cell.
  func layout(columns: Int) -> (cursor: ScreenLayout, end: ScreenLayout) {
    let (scalars, cursor) = currentLine()
    var location = ScreenLayout(columns: columns)
    location.write(markup.visible)
    location.write(scalars[..<cursor])
    var atCursor = location
    atCursor.settle(before: cursor < scalars.count ? scalars[cursor] : nil)
    location.write(scalars[cursor...])
    return (atCursor, location)
  }

  /// To the end of the line, taking the hint away.
  func moveToEnd() -> String {
    let (columns, rows) = Self.window()
    let (cursor, end) = layout(columns: columns)
    let down = min(end.row - cursor.row, rows)
    return (down > 0 ? "\u{1b}[\(down)B" : "") + "\u{1b}[\(end.column + 1)G\u{1b}[J"
  }

  // MARK: Drawing anew

  /// Draws prompt and line over themselves. The window may have changed since they were drawn: terminals keep
  /// the cursor at its character when they wrap lines anew, so its row follows from the new width.
  func redrawInPlace() {
    let (columns, rows) = Self.window()
    let (cursor, end) = layout(columns: columns)
    redraw(from: cursor.row, isTall: end.row >= rows)
  }

  /// Draws prompt and line anew over what is on the screen, whatever they have become since.
  func redrawWhole() {
    let (_, rows) = Self.window()
    redraw(from: cursorRowShown, isTall: rowsShown >= rows)
  }

  /// A line taller than the window has no first row on the screen to go back to. Otherwise clearing begins at
  /// the second cell: from the window's first cell, some terminals would keep a copy above the window.
  private func redraw(from row: Int, isTall: Bool) {
    write(isTall ? "\u{1b}[H\u{1b}[J" : "\r" + (row > 0 ? "\u{1b}[\(row)A" : "") + " \u{1b}[J\r")
    el_resize(editor)
    edit_redraw(editor)
  }

  /// libedit leaves remains of a line of several rows that gets shorter.
  func redrawIfShorter() {
    let (columns, rows) = Self.window()
    let (cursor, end) = layout(columns: columns)
    let (scalars, place) = currentLine()
    // It also moves what stands behind the cursor wrongly where wide characters cross the end of a row.
    let isInside = end.row > 0 && place < scalars.count && scalars != lineShown
    if rowsShown < rows, end.row + 1 < rowsShown || isInside { redrawInPlace() }
    rowsShown = end.row + 1
    cursorRowShown = cursor.row
    lineShown = scalars
  }

  /// Draws prompt and line on a row of their own, as after coming back from the background.
  func redrawBelow() {
    write("\r\u{1b}[J")
    el_resize(editor)
    edit_redraw(editor)
  }

  /// Writes the candidates under the line and the line again under them.
  func showBelow(_ candidates: [Candidate]) {
    let (columns, rows) = Self.window()
    hidesHint = true
    // The line as completed so far, without the hint, stays above the list.
    redraw(from: cursorRowShown, isTall: rowsShown > rows)
    let lines = CompletionList.lines(
      of: candidates, columns: columns, rows: max(rows - 2, 2), faint: showsColour)
    write(moveToEnd() + "\r\n" + lines.map { $0 + "\r\n" }.joined())
    hidesHint = false
    edit_redraw(editor)
  }

  func showInterrupt() { write(moveToEnd() + "^C") }
}
