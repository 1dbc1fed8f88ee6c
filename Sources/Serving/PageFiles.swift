// The script and the style of live pages, as bytes in the program. Knows nothing of what they do.

import CPage

enum PageFiles {
  static var script: UnsafeBufferPointer<UInt8> { bytes(page_script()) }
  static var style: UnsafeBufferPointer<UInt8> { bytes(page_style()) }

  private static func bytes(_ file: page_file) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: file.bytes, count: file.length)
  }
}
