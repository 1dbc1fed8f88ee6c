// Memory that grows where it lies: the allocator moves the pages of what is large instead of copying them, so that the
// old and the new are never there together. Knows nothing of what stands in it.
import Glibc

enum GrowingMemory {
  /// Memory of a size that begins with what the old memory holds.
  static func grown(_ memory: UnsafeMutablePointer<UInt8>?, to size: Int) -> UnsafeMutablePointer<UInt8> {
    guard let larger = realloc(memory, max(size, 1)) else {
      preconditionFailure("memory-is-there: the allocator has no memory left for the cells of a sheet")
    }
    return larger.bindMemory(to: UInt8.self, capacity: size)
  }

  /// Gives the whole pages within a stretch back; what stood there is lost.
  static func release(_ start: UnsafeMutablePointer<UInt8>, _ count: Int) {
    let page = UInt(sysconf(Int32(_SC_PAGESIZE)))
    let from = (UInt(bitPattern: start) + page - 1) / page * page
    let to = (UInt(bitPattern: start) + UInt(max(count, 0))) / page * page
    guard from < to, let place = UnsafeMutableRawPointer(bitPattern: from) else { return }
    madvise(place, Int(to - from), MADV_DONTNEED)
  }

  /// Gives memory back.
  static func free(_ memory: UnsafeMutablePointer<UInt8>) { Glibc.free(memory) }
}
