// A mapped file that another program shortens takes its pages away, and looking at one of them would end the program.
// While such files are read, a page that is gone is replaced by an empty one and the file remembered as changed. Where
// a file is not read once but kept, nothing may be computed with the empty page: the program says so and ends. Knows
// nothing of what is in files.
import Glibc
import Synchronization

/// Stretches of memory that are files.
enum BusGuard {
  /// One stretch. Written under the lock, read by the handler without one.
  private struct Slot {
    static let none = Slot(start: 0, end: 0, isHit: false, isKept: false)

    var start: UInt
    var end: UInt
    var isHit: Bool
    /// Whether the file stays mapped after it has been read, so that nobody would look at `isHit`.
    var isKept: Bool
  }

  /// Said in a signal handler, so it is made beforehand.
  private static let farewell: StaticString =
    """
    error: a file of kept columns was changed by another program while it was in use; nothing was computed from it
    错误：已保存的列文件在使用中被其他程序更改；未据此计算任何数字

    """

  /// More files are not read at once; those beyond are copied instead.
  private static let capacity = 256

  /// Memory that never moves, since a signal may come at any time.
  nonisolated(unsafe) private static let slots: UnsafeMutablePointer<Slot> = {
    let memory = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)
    memory.initialize(repeating: Slot.none, count: capacity)
    return memory
  }()
  nonisolated(unsafe) private static let before: UnsafeMutablePointer<sigaction> = {
    let memory = UnsafeMutablePointer<sigaction>.allocate(capacity: 1)
    memory.initialize(to: sigaction())
    return memory
  }()
  private static let pageSize = UInt(sysconf(Int32(_SC_PAGESIZE)))
  private static let isInstalled = Mutex(false)

  /// Guards a stretch from now on.
  /// - Parameter isKept: whether the program has to end when a page is gone, since the file is used after its reading.
  /// - Returns: nil where no more can be guarded.
  static func add(_ start: UInt, count: Int, isKept: Bool = false) -> Int? {
    isInstalled.withLock { installed in
      guard let slot = (0..<capacity).first(where: { slots[$0].end == 0 }) else { return nil }
      slots[slot] = Slot(start: start, end: start + UInt(count), isHit: false, isKept: isKept)
      if !installed {
        // Made before a signal can ask for them.
        _ = (pageSize, farewell)
        install()
        installed = true
      }
      return slot
    }
  }

  /// Whether a page of the stretch was gone when it was looked at.
  static func isHit(_ slot: Int) -> Bool { slots[slot].isHit }

  static func remove(_ slot: Int) {
    isInstalled.withLock { _ in slots[slot] = Slot.none }
  }

  private static func install() {
    var action = sigaction()
    action.__sigaction_handler.sa_sigaction = { _, info, _ in
      let address = UInt(bitPattern: info?.pointee._sifields._sigfault.si_addr)
      for slot in 0..<BusGuard.capacity
      where address >= BusGuard.slots[slot].start && address < BusGuard.slots[slot].end {
        if BusGuard.slots[slot].isKept {
          _ = write(STDERR_FILENO, BusGuard.farewell.utf8Start, BusGuard.farewell.utf8CodeUnitCount)
          _exit(1)
        }
        let page = UnsafeMutableRawPointer(bitPattern: address / BusGuard.pageSize * BusGuard.pageSize)
        let flags = MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS
        if mmap(page, Int(BusGuard.pageSize), PROT_READ | PROT_WRITE, flags, -1, 0) == page {
          BusGuard.slots[slot].isHit = true
          return
        }
      }
      // Not ours: it happens once more, and to whoever was there before.
      sigaction(SIGBUS, BusGuard.before, nil)
    }
    action.sa_flags = SA_SIGINFO
    sigemptyset(&action.sa_mask)
    sigaction(SIGBUS, &action, before)
  }
}
