// A mapped file that another program shortens takes its pages away, and looking at one of them would end the program.
// While such files are read, a page that is gone is replaced by an empty one and the file remembered as changed. Knows
// nothing of what is in files.
import Glibc
import Synchronization

/// Stretches of memory that are files.
enum BusGuard {
  /// One stretch. Written under the lock, read by the handler without one.
  private struct Slot {
    var start: UInt
    var end: UInt
    var isHit: Bool
  }

  /// More files are not read at once; those beyond are copied instead.
  private static let capacity = 64

  /// Memory that never moves, since a signal may come at any time.
  nonisolated(unsafe) private static let slots: UnsafeMutablePointer<Slot> = {
    let memory = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)
    memory.initialize(repeating: Slot(start: 0, end: 0, isHit: false), count: capacity)
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
  /// - Returns: nil where no more can be guarded.
  static func add(_ start: UInt, count: Int) -> Int? {
    isInstalled.withLock { installed in
      guard let slot = (0..<capacity).first(where: { slots[$0].end == 0 }) else { return nil }
      slots[slot] = Slot(start: start, end: start + UInt(count), isHit: false)
      if !installed {
        _ = pageSize
        install()
        installed = true
      }
      return slot
    }
  }

  /// Whether a page of the stretch was gone when it was looked at.
  static func isHit(_ slot: Int) -> Bool { slots[slot].isHit }

  static func remove(_ slot: Int) {
    isInstalled.withLock { _ in slots[slot] = Slot(start: 0, end: 0, isHit: false) }
  }

  private static func install() {
    var action = sigaction()
    action.__sigaction_handler.sa_sigaction = { _, info, _ in
      let address = UInt(bitPattern: info?.pointee._sifields._sigfault.si_addr)
      for slot in 0..<BusGuard.capacity
      where address >= BusGuard.slots[slot].start && address < BusGuard.slots[slot].end {
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
