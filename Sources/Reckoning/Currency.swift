// Currencies: what a document's amounts are counted in. Amounts are hundredths of any of them; nothing is converted.

/// A currency, as a document names it.
public struct Currency: Sendable, Hashable {
  /// The word behind a figure: `dollar`.
  public let word: String
  /// The same in Chinese: 美元.
  public let chinese: String
  /// How many decimals a payment has: 2, or 0 where there is no smaller coin.
  public let decimals: Int

  /// A currency by its word; those that are well known have a Chinese name of their own.
  public init(_ word: String, chinese: String? = nil, decimals: Int = 2) {
    self.word = word
    self.chinese = chinese ?? Currency.wellKnown[word] ?? word
    self.decimals = decimals
  }

  /// The currency of documents that name none.
  public static let yuan = Currency("yuan", chinese: "元")

  /// Chinese names of currencies by their words.
  package static let wellKnown = [
    "dollar": "美元", "euro": "欧元", "pound": "英镑", "yen": "日元", "won": "韩元", "franc": "法郎", "rupee": "卢比",
    "krona": "克朗", "ringgit": "林吉特", "real": "雷亚尔",
  ]

  /// Whether a word stands for it: `dollar`, `dollars`, 美元.
  public func isCalled(_ text: some StringProtocol) -> Bool {
    text == word || text == chinese || (text.hasSuffix("s") && text.dropLast() == word)
  }
}
