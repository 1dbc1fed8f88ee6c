// Headings of registers by their parts: what is spoken of (离职, 户籍, 用工) and what is said of it (日期, 地址, 单位), in
// any of the usual words, so that not each heading has to be listed. Knows nothing of files.

/// The headings that are put together of usual parts.
enum ComposedHeadings {
  /// A field, and the parts of its headings one after another; an empty part may be left out.
  private typealias Form = (field: String, parts: [[String]])

  /// The field of a heading; nil where its parts mean none of a list's fields.
  static func field(_ name: String, brackets: [String], of list: String) -> String? {
    guard name.utf8.count <= 60, let forms = forms[list] else { return nil }
    // 合同期限（月）: without the unit it need not be a number of months.
    if list == "hires", ["合同期限", "劳动合同期限", "合同期", "签订期限", "contractlength", "contractterm"].contains(name),
      brackets.contains(where: { ["月", "个月", "月数", "单位:月", "months", "inmonths"].contains($0) })
    {
      return "contract_months"
    }
    for form in forms where matches(name[...], form.parts[...]) { return form.field }
    return nil
  }

  private static func matches(_ rest: Substring, _ parts: ArraySlice<[String]>) -> Bool {
    guard let first = parts.first else { return rest.isEmpty }
    return first.contains { part in rest.hasPrefix(part) && matches(rest.dropFirst(part.count), parts.dropFirst()) }
  }

  private static let who = [
    "", "务工人员", "员工", "劳动者", "职工", "人员", "本人", "个人", "工人", "新员工", "新招员工", "招用人员", "被招用人员", "被引进劳动力", "引进劳动力", "被引进人员",
    "输送人员",
  ]
  private static let when = ["日期", "时间", "年月日", "日", "年月", "月份"]
  private static let full = ["", "名称", "全称", "名", "名称全称", "简称"]
  private static let from = ["", "首次", "初次", "新", "实际", "本单位", "正式", "社保", "社会保险", "在本单位", "本次", "劳动合同", "首次在本单位"]
  private static let ids: [[String]] = [
    who + ["学生", "居民", "公民", "中华人民共和国居民", "有效", "二代"],
    ["身份证", "身份证件", "身份", "证件", "有效证件", "居民身份证", "公民身份", "有效身份证件"], ["号码", "号", "编号", "证号", "件号码", "号码18位"],
  ]
  private static let origins: [[String]] = [
    who, ["户籍", "户口", "户籍所在", "户口所在", "户籍所在地", "户口所在地", "户籍地", "户口登记", "户籍登记", "户籍归属"],
    [
      "", "地", "地址", "所在地", "详细地址", "住址", "省市县", "省市县区", "省市区县", "省、市、县", "省份及县", "县", "县区", "区县", "县市区", "县、市、区", "省市",
      "行政区划", "区划", "行政区划代码", "区划代码", "代码", "地区", "地详址", "情况",
    ],
  ]
  private static let employers: [[String]] = [
    ["", "现", "实际", "拟", "引进到何", "到何", "被引进"],
    [
      "用工", "用人", "合同", "签约", "劳动合同签订", "引进", "就业", "所属", "所在", "工作", "招用", "聘用", "聘任", "参保", "入职", "录用", "务工", "接收",
      "接纳", "吸纳", "招工", "缴费", "投保",
      "申报", "派往",
    ],
    ["单位", "企业", "公司", "工厂", "用人单位", "企业单位", "主体"], full,
  ]
  private static let agencies: [[String]] = [
    ["", "人力资源", "人力资源服务", "劳务", "职业", "就业", "劳动力", "劳务输出"],
    ["中介", "中介服务", "介绍", "输送", "输出", "服务", "输转", "组织", "推荐", "引荐", "职介"],
    ["机构", "单位", "企业", "公司"], full,
  ]

  private static let forms: [String: [Form]] = [
    "hires": [
      ("worker_id", ids), ("origin", origins),
      // 引进到何企业就业
      (
        "enterprise",
        [
          ["引进到何", "到何", "引进到", "安排到", "输送到"], ["单位", "企业", "公司", "处"], ["就业", "务工", "工作", "上班", ""], ["", "名称", "全称"],
        ]
      ),
      // 企业首次为其缴纳社保时间, 社保缴纳起始月份
      (
        "start",
        [
          ["", "企业", "单位", "公司", "用人单位"], ["", "首次", "初次", "开始", "首次为其", "为其", "为其首次", "首次为"],
          ["缴纳社保", "缴社保", "缴纳社会保险", "缴纳社保费", "社保缴纳", "社保缴费", "社会保险缴纳", "参加社会保险", "缴纳养老保险"],
          ["", "起始", "开始", "起"], when,
        ]
      ),
      (
        "worker",
        [
          [
            "", "务工人员", "员工", "劳动者", "职工", "工人", "招用人员", "被招用人员", "新员工", "人员", "务工者", "务工", "输转人员", "被引进劳动力", "引进劳动力",
            "被引进人员", "输送人员",
          ], ["姓名", "名字"],
        ]
      ),
      (
        "start",
        [
          from,
          [
            "参保", "入职", "到岗", "上岗", "就业", "录用", "招用", "进厂", "入厂", "报到", "入司", "投保", "参加社保", "缴纳社保", "来榕就业", "用工",
            "上班", "到厂", "来厂", "就业登记", "用工登记", "招工登记", "录用登记", "增员",
          ],
          ["", "起始", "开始", "起"], when,
        ]
      ),
      (
        "end",
        [
          ["", "实际", "劳动关系", "用工", "就业", "参保", "社保"],
          [
            "离职", "离岗", "离厂", "离司", "辞职", "解除", "终止", "停保", "减员", "退工", "解聘", "解除合同", "解除劳动合同", "解除或终止", "解除终止", "终止解除",
            "离职离岗",
            "退保", "解除劳动关系", "合同解除", "劳动合同解除", "解除登记", "解除就业登记", "暂停缴费", "停缴", "停止缴费", "中断缴费", "终止参保", "暂停参保",
          ], when,
        ]
      ),
      // In a column of days: 入职 and 离职 alone.
      ("start", [["入职", "到岗", "上岗", "进厂"]]), ("end", [["离职", "离岗", "离厂"]]),
      ("born", [who, ["出生", "出生年月", "生日"], [""] + when]), ("enterprise", employers), ("agency", agencies),
      ("agency", [["人力资源", "人力资源服务", "劳务"], ["机构", "公司", "企业"], full]),
      (
        "monthly_wage",
        [
          ["", "税前", "税后", "应发", "实发", "基本", "平均", "约定", "合同", "合同约定"], ["月", "月平均", "月均", "每月"],
          ["工资", "薪资", "薪酬", "收入", "薪水", "薪", "基本工资", "工资收入"], ["", "标准", "水平", "额", "总额", "金额"],
        ]
      ),
      ("monthly_wage", [["税前", "税后", "应发", "实发", "约定"], ["工资", "薪资", "薪酬", "收入"], ["", "标准", "额"]]),
      (
        "relief_person",
        [
          ["", "是否", "是否为", "是否属于", "是否系"], ["原", ""], ["建档立卡", "脱贫", "建档立卡脱贫", "已脱贫"], ["", "贫困"],
          ["户", "人口", "劳动力", "人员", "家庭", "家庭劳动力", "户劳动力", "劳动力人员"],
        ]
      ),
      ("organised", [["", "是否"], ["有组织"], ["输出", "输转", "劳务输出", "劳务输转", "输送", "外出务工"]]),
      (
        "occupation",
        [["", "工作", "从事", "所在", "现任", "就业", "招聘", "录用"], ["岗位", "工种", "职位", "职业", "职务"], ["", "名称", "类型"]]
      ),
      ("education", [who, ["文化", "学历", "最高", "受教育"], ["程度", "学历", "层次", "水平"]]),
      ("sex", [who, ["性别"]]),
    ],
    "residents": [
      ("person_id", ids), ("born", [who, ["出生", "出生年月", "生日"], [""] + when]), ("employer", employers),
      ("education", [who, ["文化", "学历", "最高", "受教育"], ["程度", "学历", "层次", "水平"]]), ("sex", [who, ["性别"]]),
    ],
    "internships": [("student_id", ids), ("enterprise", [["", "现"], ["实习", "见习"], ["单位", "企业", "公司"], full])],
    "adjustments": [("worker_id", ids)],
    "enterprises": [
      (
        "district",
        [
          ["", "企业", "单位", "公司"], ["注册", "登记", "注册登记", "所属", "所在"],
          ["地", "地址", "所在地", "区县", "县区", "县市区", "县", "镇街", "乡镇"],
        ]
      ), ("name", [["", "参保", "用工", "用人", "企业", "单位"], ["企业", "单位", "公司"], ["名称", "全称"]]),
    ],
    "agencies": [
      ("district", [["", "机构", "单位", "公司"], ["注册", "登记", "所属", "所在"], ["地", "地址", "所在地", "区县", "县区", "县市区", "县"]]),
      ("name", agencies), ("filed", [["", "是否", "是否已"], ["备案"], ["", "情况", "状态", "与否"]]),
    ],
  ]
}
