// What a file is by its first bytes, whatever it is called: a workbook comes under many names, and much that is none
// comes under that of a workbook. Knows nothing of what is inside an archive.

/// Kinds of files that people take for workbooks.
enum FileKind {
  /// Why a file that is no archive is not a workbook; nil for an archive.
  static func refusal(_ bytes: UnsafeRawBufferPointer) -> WorkbookProblem? {
    if bytes.isEmpty { return .empty }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) { return nil }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      return holds(bytes, wide: "EncryptedPackage") ? .encrypted : .oldBinary
    }
    // The first record of a workbook before Excel 97, without a container around it.
    if bytes.count > 3, bytes[0] == 0x09, [0x00, 0x02, 0x04, 0x08].contains(bytes[1]), bytes[3] == 0 {
      return .oldBinary
    }
    let head = bytes.prefix(4096)
    let text = String(decoding: head, as: UTF8.self).lowercased()
    if text.contains("urn:schemas-microsoft-com:office:spreadsheet") { return .oldXML }
    for sign in ["<html", "<!doctype html", "<table", "<meta", "mime-version:", "<body"] where text.contains(sign) {
      return .page
    }
    return head.contains(0) ? .unknownKind : .plainText
  }

  /// Whether a text of 16 bits a character stands in the bytes, as names do in the container of older files.
  private static func holds(_ bytes: UnsafeRawBufferPointer, wide name: String) -> Bool {
    let wanted = name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    var from = 0
    // The container's directory may stand anywhere in it, on a boundary of 128 bytes.
    while from + wanted.count <= bytes.count {
      if bytes[from] == wanted[0], bytes[from..<(from + wanted.count)].elementsEqual(wanted) { return true }
      from += 128
    }
    return false
  }
}
