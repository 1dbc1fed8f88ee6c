// What the editor's own keys do: Tab, Enter, Alt-Enter, a pasted block, and the arrows up and down, which move
// through the lines of a command and then through the history. They are bound after ~/.editrc has been read,
// because choosing the vi keys there wipes earlier bindings; bindings that the user may change come before it.

import CLibEdit
import Glibc

/// Where the arrows have got to in the history.
struct HistoryBrowsing {
  /// The line as it was before, to come back to.
  let original: String
  /// Entries are passed over unless they begin with this.
  let prefix: String
  /// The entry shown: an index into the history, or its count for `original`.
  var location: Int
  var shown: String
  /// Where the cursor came to stand; once it has moved, the arrows walk the lines of what is shown.
  var cursor: Int?
}

extension LineEditor {
  /// Tells libedit who reads keys, draws prompts and carries out commands.
  func connect() {
    edit_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
    edit_set_signals(editor, 0)
    edit_set_reader(editor) { editor, key in
      guard let key else { preconditionFailure("libedit says where a key is to be put.") }
      return LineEditor.owner(of: editor).readKey(into: key)
    }
    edit_set_prompt(editor, { LineEditor.owner(of: $0).currentPrompt() }, PromptMarkup.mark)
    edit_set_right_prompt(editor, { LineEditor.owner(of: $0).currentHint() }, PromptMarkup.mark)
    addCommands()
    bind()
  }

  /// Changes the keys, unless they are those that hold already: `emacs`, `vi`, or `auto` for what ~/.editrc says.
  package func use(keys wanted: String) {
    guard wanted != keys else { return }
    keys = wanted
    bind()
  }

  private func bind() {
    edit_set_editor(editor, "emacs")
    for (key, command) in Self.changeableBindings { edit_bind(editor, key, command) }
    el_source(editor, nil)
    if keys != "auto" { edit_set_editor(editor, keys) }
    for (key, command) in Self.fixedBindings {
      edit_bind(editor, key, command)
      edit_bind_alternative(editor, key, command)
    }
    edit_bind(editor, "^I", "cesuan-complete")
    decoder.decodesCursorKeys = edit_is_vi(editor) == 1
    if decoder.decodesCursorKeys {
      edit_bind_alternative(editor, "k", "cesuan-previous")
      edit_bind_alternative(editor, "j", "cesuan-next")
    }
  }

  private static let changeableBindings = [
    ("^P", "cesuan-up"), ("^N", "cesuan-down"), ("^R", "cesuan-search"),
    ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"),
    ("\\e[3~", "ed-delete-next-char"), ("\\e[1~", "ed-move-to-beg"), ("\\e[4~", "ed-move-to-end"),
    ("\\e[H", "ed-move-to-beg"), ("\\e[F", "ed-move-to-end"),
  ]

  private static let fixedBindings: [(String, String)] =
    [("^M", "cesuan-accept"), ("^J", "cesuan-accept")]
    + [
      (EditorKey.paste, "cesuan-paste"), (.newline, "cesuan-newline"), (.up, "cesuan-up"),
      (.down, "cesuan-down"), (.accept, "ed-newline"), (.left, "ed-prev-char"), (.right, "ed-next-char"),
      (.home, "ed-move-to-beg"), (.end, "ed-move-to-end"), (.delete, "ed-delete-next-char"),
      (.correct, "cesuan-correct"),
    ].map { ("\\" + String($0.rawValue, radix: 8), $1) }

  private func addCommands() {
    edit_add_command(editor, "cesuan-complete", "Complete what is before the cursor") { editor, _ in
      LineEditor.owner(of: editor).completeAtCursor()
    }
    edit_add_command(editor, "cesuan-accept", "Take the line") { editor, _ in
      LineEditor.owner(of: editor).accept()
    }
    edit_add_command(editor, "cesuan-newline", "Insert a line feed") { editor, _ in
      LineEditor.owner(of: editor).insert("\n")
    }
    edit_add_command(editor, "cesuan-correct", "Put the corrected command into the line") { editor, _ in
      LineEditor.owner(of: editor).takeCorrection()
    }
    edit_add_command(editor, "cesuan-paste", "Insert a pasted block") { editor, _ in
      LineEditor.owner(of: editor).insertPaste()
    }
    edit_add_command(editor, "cesuan-search", "An earlier command by any part of it") { editor, _ in
      LineEditor.owner(of: editor).searchHistory()
    }
    edit_add_command(editor, "cesuan-up", "Up a line, or to an earlier command with this beginning") { editor, _ in
      LineEditor.owner(of: editor).move(by: -1, keepsBeginning: true)
    }
    edit_add_command(editor, "cesuan-down", "Down a line, or to a later command with this beginning") { editor, _ in
      LineEditor.owner(of: editor).move(by: 1, keepsBeginning: true)
    }
    edit_add_command(editor, "cesuan-previous", "Up a line, or to an earlier command") { editor, _ in
      LineEditor.owner(of: editor).move(by: -1, keepsBeginning: false)
    }
    edit_add_command(editor, "cesuan-next", "Down a line, or to a later command") { editor, _ in
      LineEditor.owner(of: editor).move(by: 1, keepsBeginning: false)
    }
  }

  /// The editor that one of libedit's belongs to.
  static func owner(of editor: OpaquePointer?) -> LineEditor {
    guard let editor, let client = edit_client(editor) else {
      preconditionFailure("libedit calls back for an editor that it was given.")
    }
    return Unmanaged<LineEditor>.fromOpaque(client).takeUnretainedValue()
  }

  // MARK: The line

  /// The line being edited and the cursor's place in it.
  func currentLine() -> (scalars: [UInt32], cursor: Int) {
    var length = 0
    var cursor = 0
    let start = edit_line(editor, &length, &cursor)
    return (Array(UnsafeBufferPointer(start: start, count: length)), cursor)
  }

  /// The whole command so far, and the cursor as a UTF-8 offset into it.
  func currentText() -> (text: String, cursor: Int, lineStart: Int) {
    let (scalars, cursor) = currentLine()
    let before = Self.text(scalars[..<cursor])
    let lineStart = earlierLines.utf8.count
    return (earlierLines + before + Self.text(scalars[cursor...]), lineStart + before.utf8.count, lineStart)
  }

  @discardableResult
  func insert(_ text: String) -> UInt8 {
    guard !text.isEmpty else { return UInt8(CC_REFRESH) }
    return edit_insert(editor, Self.terminated(text)) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
  }

  func replaceLine(with text: String) {
    let (scalars, cursor) = currentLine()
    _ = el_cursor(editor, Int32(clamping: scalars.count - cursor))
    el_deletestr(editor, Int32(clamping: scalars.count))
    insert(text)
  }

  private static func terminated(_ text: String) -> [UInt32] {
    text.unicodeScalars.map { $0.value == 0 ? 0xfffd : $0.value } + [0]
  }

  // MARK: Enter and paste

  /// Takes the hint off the screen, then hands the line over.
  private func accept() -> UInt8 {
    hidesHint = true
    edit_push(editor, [EditorKey.accept.rawValue, 0])
    return UInt8(CC_REFRESH)
  }

  /// More than this is not put into the line but taken as it is: nobody edits it, and drawing it takes long.
  private static let longestEditedPaste = 100_000

  /// A block may be looked at and changed before Enter, so its last line end does not count.
  private func insertPaste() -> UInt8 {
    var block = cleanPaste?(pendingPaste) ?? pendingPaste
    pendingPaste = ""
    while block.last == "\n" { block.removeLast() }
    guard !block.isEmpty else { return UInt8(CC_NORM) }
    if block.contains("\n") { hasPasted = true }
    guard block.utf8.count <= Self.longestEditedPaste else {
      let (scalars, cursor) = currentLine()
      bulkPaste = Self.text(scalars[..<cursor]) + block + Self.text(scalars[cursor...])
      hasPasted = true
      // libedit hands over a line only if there is one.
      insert("…")
      return accept()
    }
    return insert(block)
  }

  // MARK: Up and down

  private func move(by step: Int, keepsBeginning: Bool) -> UInt8 {
    let (scalars, cursor) = currentLine()
    let text = Self.text(scalars)
    if let browsing, browsing.shown == text, browsing.cursor == cursor { return browse(from: browsing, by: step) }
    if let target = rowMotion(in: scalars, from: cursor, by: step) {
      _ = el_cursor(editor, Int32(clamping: target - cursor))
      return UInt8(CC_REFRESH)
    }
    guard step < 0 else { return UInt8(CC_ERROR) }
    let prefix = keepsBeginning ? Self.text(scalars[..<cursor]) : ""
    let start = HistoryBrowsing(original: text, prefix: prefix, location: history.entries.count, shown: text)
    return browse(from: start, by: step)
  }

  private func browse(from start: HistoryBrowsing, by step: Int) -> UInt8 {
    var state = start
    let entries = history.entries
    var location = min(state.location, entries.count) + step
    while entries.indices.contains(location),
      !entries[location].hasPrefix(state.prefix) || entries[location] == state.shown
    {
      location += step
    }
    guard location >= 0, location <= entries.count else { return UInt8(CC_ERROR) }
    state.location = location
    state.shown = location == entries.count ? state.original : entries[location]
    state.cursor = nil
    browsing = state
    replaceLine(with: state.shown)
    return UInt8(CC_REFRESH)
  }

  /// The place one line up or down within the text, as near as possible to the same column.
  private func rowMotion(in scalars: [UInt32], from cursor: Int, by step: Int) -> Int? {
    let lineFeed: UInt32 = 0x0a
    let start = (scalars[..<cursor].lastIndex(of: lineFeed) ?? -1) + 1
    let wanted = scalars[start..<cursor].reduce(0) { $0 + max(CellWidth.of($1), 0) }
    let line: Range<Int>
    if step < 0 {
      guard start > 0 else { return nil }
      line = ((scalars[..<(start - 1)].lastIndex(of: lineFeed) ?? -1) + 1)..<(start - 1)
    } else {
      guard let end = scalars[cursor...].firstIndex(of: lineFeed) else { return nil }
      line = (end + 1)..<(scalars[(end + 1)...].firstIndex(of: lineFeed) ?? scalars.count)
    }
    var column = 0
    for location in line {
      if column >= wanted { return location }
      column += max(CellWidth.of(scalars[location]), 0)
    }
    return line.upperBound
  }

  // MARK: Tab

  private func completeAtCursor() -> UInt8 {
    guard let complete else { return UInt8(CC_ERROR) }
    let (text, cursor, lineStart) = currentText()
    if text.isEmpty, correction?() != nil { return takeCorrection() }
    let (replaceFrom, candidates) = complete(text, cursor)
    guard !candidates.isEmpty else { return UInt8(CC_ERROR) }
    let bytes = Array(text.utf8)
    var from = min(max(replaceFrom, lineStart), cursor)
    while from > lineStart, from < cursor, bytes[from] & 0xc0 == 0x80 { from -= 1 }
    let typed = String(decoding: bytes[from..<cursor], as: UTF8.self)
    if candidates.count == 1, let only = candidates.first {
      let followedBySpace = bytes.dropFirst(cursor).first == UInt8(ascii: " ")
      replace(typed, with: only.text + (only.appendsSpace && !followedBySpace ? " " : ""))
      return UInt8(CC_REFRESH)
    }
    let prefix = CompletionList.commonPrefix(of: candidates)
    if prefix != typed, prefix.lowercased().hasPrefix(typed.lowercased()) { replace(typed, with: prefix) }
    showBelow(candidates)
    return UInt8(CC_NORM)
  }

  /// Puts the last command as it was probably meant into the line, to be looked at before Enter.
  private func takeCorrection() -> UInt8 {
    guard earlierLines.isEmpty, let line = correction?() else { return UInt8(CC_ERROR) }
    replaceLine(with: line)
    return UInt8(CC_REFRESH)
  }

  private func replace(_ typed: String, with text: String) {
    el_deletestr(editor, Int32(clamping: typed.unicodeScalars.count))
    insert(text)
  }
}
