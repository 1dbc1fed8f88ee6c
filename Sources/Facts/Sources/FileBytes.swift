// The bytes of a file as UTF-8 in memory: mapped when large, transcoded from GB18030 when a bulk file is not UTF-8.
// Knows nothing of what the bytes say.
import Diagnostics
import Glibc

/// A readable stretch of bytes with a line feed and at least 32 readable bytes after it, so that a parser may look
/// ahead without asking.
final class FileBytes: @unchecked Sendable {
  static let padding = 64

  let base: UnsafePointer<UInt8>
  let count: Int
  /// Whether the bytes are those of the file itself, which can be read again.
  private let isMapped: Bool
  private let end: @Sendable () -> Void
  /// The open file and how it was when it was opened, to see whether it has changed since; nil for bytes in memory.
  private let origin: Origin?

  private init(
    base: UnsafePointer<UInt8>, count: Int, isMapped: Bool = false, origin: Origin? = nil,
    end: @escaping @Sendable () -> Void
  ) {
    self.base = base
    self.count = count
    self.isMapped = isMapped
    self.origin = origin
    self.end = end
  }

  /// Whether another program has changed the file while it was read. Then what was read is of no use.
  var hasChanged: Bool { origin?.hasChanged ?? false }

  deinit { end() }

  /// Gives up the memory of bytes that will hardly be looked at again; who does has them read anew.
  func release(_ range: Range<Int>) {
    guard isMapped else { return }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    // Behind the last whole page stands what is not in the file.
    let from = (range.lowerBound + page - 1) / page * page, to = min(range.upperBound, count) / page * page
    if from < to { madvise(UnsafeMutableRawPointer(mutating: base + from), to - from, MADV_DONTNEED) }
  }

  /// The bytes for a parser that looks ahead.
  var view: CheckedBytes { CheckedBytes(base, count: count + FileBytes.padding) }
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// The first of the bytes, in the same memory.
  /// - Parameter count: how many, fewer than there are.
  func beginning(_ count: Int) -> FileBytes {
    // What is beyond is read no more; the line ends here.
    UnsafeMutablePointer(mutating: base)[count] = 0x0A
    return FileBytes(base: base, count: count, isMapped: isMapped, origin: origin) { [self] in _ = self }
  }

  /// A copy of bytes in memory.
  static func copy(_ bytes: UnsafeBufferPointer<UInt8>) -> FileBytes {
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + padding)
    if let source = bytes.baseAddress { memory.update(from: source, count: bytes.count) }
    return owning(memory, count: bytes.count)
  }

  /// Takes over memory that holds `padding` bytes more than `count`.
  private static func owning(
    _ memory: UnsafeMutablePointer<UInt8>, count: Int, origin: Origin? = nil
  ) -> FileBytes {
    (memory + count).update(repeating: 0, count: padding)
    memory[count] = 0x0A
    let address = UInt(bitPattern: memory)
    return FileBytes(base: memory, count: count, origin: origin) {
      UnsafeMutablePointer<UInt8>(bitPattern: address)?.deallocate()
    }
  }

  /// Reads a whole file.
  static func read(_ path: String, limit: Int) throws(FileProblem) -> FileBytes {
    // Without O_NONBLOCK opening a pipe would wait for a writer.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .unreadable(path, reason(errno)) }
    let origin = Origin(file)
    guard origin.isKnown else { throw .unreadable(path, reason(errno)) }
    if let other = kind(origin.mode) { throw .notPlain(path, other) }
    let size = origin.size
    guard size <= limit else { throw .tooLarge(limit: Text.same("\(limit >> 20) MiB")) }
    if size >= 1 << 20, let mapped = map(origin) { return mapped }
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: size + padding)
    var done = 0
    while done < size {
      let n = Glibc.read(file, memory + done, size - done)
      if n < 0 {
        if errno == EINTR { continue }
        let why = reason(errno)
        memory.deallocate()
        throw .unreadable(path, why)
      }
      if n == 0 { break }
      done += n
    }
    let bytes = owning(memory, count: done, origin: origin)
    if done < size || bytes.hasChanged { throw .other(.changed(path)) }
    return bytes
  }

  /// What a thing is that is no plain file; nil for a plain file.
  private static func kind(_ mode: mode_t) -> Text? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: Text("it is a folder", zh: "是文件夹")
    case S_IFIFO: Text("it is a pipe, not a file", zh: "是管道，不是文件")
    case S_IFCHR, S_IFBLK: Text("it is a device, not a file", zh: "是设备，不是文件")
    case S_IFSOCK: Text("it is a socket, not a file", zh: "是套接字，不是文件")
    default: Text("it is not a plain file", zh: "不是普通文件")
    }
  }

  /// Maps a file privately over anonymous memory that is a page longer, so that what follows the file is readable
  /// and the line feed after it can be written without touching the file.
  private static func map(_ origin: Origin) -> FileBytes? {
    let size = origin.size
    let page = sysconf(Int32(_SC_PAGESIZE))
    let length = (size / page + 2) * page
    guard let memory = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
      memory != MAP_FAILED
    else { return nil }
    let address = UInt(bitPattern: memory)
    // The file may be shortened while it is read: its pages must not end the program.
    guard let slot = BusGuard.add(address, count: size) else {
      munmap(memory, length)
      return nil
    }
    let placed = mmap(memory, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, origin.file, 0)
    guard placed == memory else {
      BusGuard.remove(slot)
      munmap(memory, length)
      return nil
    }
    origin.slot = slot
    madvise(memory, size, MADV_SEQUENTIAL)
    memory.storeBytes(of: 0x0A, toByteOffset: size, as: UInt8.self)
    return FileBytes(
      base: UnsafePointer(memory.assumingMemoryBound(to: UInt8.self)), count: size, isMapped: true, origin: origin
    ) {
      if let memory = UnsafeMutableRawPointer(bitPattern: address) { munmap(memory, length) }
      BusGuard.remove(slot)
    }
  }

  private static func reason(_ error: Int32) -> Text {
    switch error {
    case ENOENT, ENOTDIR: Text("there is no such file", zh: "文件不存在")
    case EACCES, EPERM: Text("it may not be read", zh: "没有读取权限")
    case ENAMETOOLONG: Text("the path is too long", zh: "路径过长")
    default: Text("system error \(error)", zh: "系统错误 \(error)")
    }
  }

  /// Whether bytes that happen to be UTF-8 are rather GB18030: a few short words such as 平台一 are both. They are taken
  /// for Chinese when every run beyond ASCII is two or more pairs of bytes of common Chinese characters, and as UTF-8
  /// would be letters of two bytes only. Larger files are never both.
  var looksLikeGB18030: Bool {
    guard count <= 1 << 20 else { return false }
    var i = 0
    var found = false
    while i < count {
      if base[i] < 0x80 {
        i += 1
        continue
      }
      let start = i
      while i < count, base[i] >= 0x80 {
        guard i + 1 < count, (0xB0...0xDF).contains(base[i]), (0xA1...0xFE).contains(base[i + 1]) else { return false }
        i += 2
      }
      if i - start < 4 { return false }
      found = true
    }
    return found
  }

  /// The bytes from GB18030 as UTF-8; nil when they are not GB18030.
  func fromGB18030() -> FileBytes? { converted(from: "GB18030") }

  /// The bytes from another encoding as UTF-8, in blocks; nil when they are not of that encoding.
  func converted(from encoding: String) -> FileBytes? {
    let converter = iconv_open("UTF-8", encoding)
    guard converter != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(converter) }
    var capacity = count + count / 2 + 1024
    var memory = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + FileBytes.padding)
    var done = 0
    var taken = 0
    while taken < count {
      let block = min(1 << 20, count - taken)
      if capacity - done < block * 3 + 16 {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + block * 3 + FileBytes.padding)
        larger.update(from: memory, count: done)
        memory.deallocate()
        memory = larger
        capacity = capacity * 2 + block * 3
      }
      var input: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: base + taken)
        .assumingMemoryBound(to: CChar.self)
      var output: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(memory + done)
        .assumingMemoryBound(to: CChar.self)
      var inputLeft = block
      var outputLeft = capacity - done
      let result = iconv(converter, &input, &inputLeft, &output, &outputLeft)
      let error = errno
      done = capacity - outputLeft
      taken += block - inputLeft
      // EINVAL: the block ends inside a character, which the next block begins with; E2BIG: more room next time.
      let complete =
        result != -1 || error == E2BIG || (error == EINVAL && inputLeft < 4 && taken < count && block > inputLeft)
      if !complete || (error == EINVAL && result == -1 && taken + inputLeft == count) {
        memory.deallocate()
        return nil
      }
    }
    return FileBytes.owning(memory, count: done, origin: origin)
  }
}

/// An open file, and how it was when it was opened.
private final class Origin: @unchecked Sendable {
  let file: Int32
  let isKnown: Bool
  private let status: stat
  /// Where the guard of its pages is, once they are mapped.
  var slot: Int?

  init(_ file: Int32) {
    self.file = file
    var status = stat()
    isKnown = fstat(file, &status) == 0
    self.status = status
  }

  deinit { close(file) }

  var mode: mode_t { status.st_mode }
  var size: Int { Int(status.st_size) }

  var hasChanged: Bool {
    if let slot, BusGuard.isHit(slot) { return true }
    var now = stat()
    guard fstat(file, &now) == 0 else { return true }
    return now.st_size != status.st_size || now.st_mtim.tv_sec != status.st_mtim.tv_sec
      || now.st_mtim.tv_nsec != status.st_mtim.tv_nsec
  }
}
