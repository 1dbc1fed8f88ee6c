// The headings that registers of employers, agencies and offices commonly have, by list and field, the surest first.
// A list that a proposal declares has those of its own declaration. Knows nothing of files.

enum RegisterHeadings {
  private static let numbers = [
    "身份证号码", "身份证号", "公民身份号码", "居民身份证号码", "居民身份证号", "身份证", "证件号码", "证件号", "社会保障号码", "社会保障号", "idnumber", "idno",
    "idcard", "idcardno",
    "idcardnumber", "nationalid", "identitynumber",
  ]
  /// Published lists show the last characters alone.
  private static let lastOfNumbers = ["身份证号码", "身份证号", "公民身份号码", "居民身份证号码", "居民身份证号", "身份证", "证件号码", "证件号"].flatMap {
    name in
    ["后四位", "后4位", "末四位", "末4位", "尾号", "后六位", "后6位", "末六位", "末6位", "后四位数", "尾数"].map { name + $0 }
  }
  private static let employers = [
    "实际用工单位", "实际用工单位名称", "实际用工企业", "实际用工企业名称", "用工单位", "用人单位", "就业企业", "用工企业", "就业单位名称", "用工单位名称", "用人单位名称", "用工企业名称",
    "单位名称", "企业名称", "公司名称", "单位全称", "企业全称",
    "公司全称", "所在单位", "工作单位",
    "所在企业", "家政企业名称", "家政企业", "家政公司名称", "家政公司", "家政服务企业", "家政服务企业名称", "家政服务机构", "家政机构", "家政机构名称", "所属家政企业", "所属家政公司",
    "单位", "企业", "公司", "employer", "employername", "company", "companyname", "enterprisename", "workplace",
    "legalentity", "employingentity", "worksite",
  ]
  private static let born = ["出生日期", "出生年月日", "出生时间", "生日", "dateofbirth", "birthdate", "birthday", "dob"]
  private static let records = ["编号", "序号", "编码", "记录编号", "number", "recordno"]

  /// The headings of a list's fields.
  static func of(_ list: String) -> [(field: String, headings: [String])] {
    switch list {
    case "hires": hires
    case "internships": internships
    case "enterprises": enterprises
    case "agencies": agencies
    case "specialists": specialists
    case "adjustments":
      [
        ("id", records), ("worker_id", numbers), ("worker", ["员工姓名", "被调剂人员", "劳动者姓名"]),
        ("from_enterprise", ["调出单位", "输出单位", "借出企业"]), ("to_enterprise", ["调入单位", "输入单位", "借入企业"]),
        ("start", ["开始日期", "开始时间", "调剂开始"]), ("end", ["结束日期", "结束时间", "调剂结束"]), ("platform", ["平台", "平台名称"]),
      ]
    case "jobseekers":
      [("id", records), ("born", born), ("unemployed_from", ["失业时间"]), ("reemployed_on", ["再就业时间"])]
    case "bases": [("id", records), ("name", ["名称"]), ("county", ["所在县区", "所在区县", "县区"])]
    case "fairs":
      [
        ("id", records), ("held_in", ["举办地点", "地点"]), ("date", ["举办日期", "举办时间", "时间"]), ("cost", ["费用合计", "金额"]),
        ("participants", ["参加企业", "参会单位"]),
      ]
    case PaidRegister.list.name: paid
    case "residents": residents
    case "grid_workers":
      [
        ("id", records), ("name", ["网格员", "网格员姓名", "网格人员", "工作人员姓名"]), ("township", townships), ("village", villages),
        ("office", ["职位", "岗位", "职务名称"]),
      ]
    default: [("id", records)]
    }
  }

  private static let townships = ["乡", "镇", "镇街", "乡镇街道", "街道", "镇乡", "所属乡镇", "所在乡镇", "所属镇街", "township"]
  private static let villages = [
    "村居", "村社区", "社区", "行政村", "村名", "村委会", "所属村", "所在村", "所属村居", "所在村居", "所属社区", "village",
  ]

  private static let residents: [(field: String, headings: [String])] = [
    ("id", records), ("person_id", numbers), ("born", born), ("education", ["学历", "文化水平", "受教育程度"]),
    ("employed", ["就业情况", "就业状况", "是否就业", "是否已就业", "就业与否"]), ("occupation", ["从事工种", "技能工种", "职业工种"]),
    ("employer", ["务工单位", "现就业单位"] + employers), ("wish", ["就业愿望", "求职意向", "意向岗位", "意向工种"]),
    ("training_wish", ["培训需求", "是否愿意培训", "培训意向"]), ("reason_unemployed", ["未就业的原因", "失业原因"]),
    ("township", townships), ("village", villages), ("village_group", ["小组", "村民小组", "村小组", "组别", "组名"]),
  ]

  private static let hires: [(field: String, headings: [String])] = [
    ("id", ["编号", "人员编号", "记录编号", "编码", "employeeno", "employeeid", "staffno", "staffid", "recordno"]),
    (
      "worker",
      [
        "务工人员姓名", "家庭成员姓名", "员工姓名", "劳动者姓名", "职工姓名", "人员姓名", "招用人员姓名", "收款户名", "名字", "name", "fullname",
        "employeename", "workername",
        "employee", "legalname", "staffname", "preferredname",
      ]
    ), ("worker_id", numbers), ("born", born),
    ("sex", ["gender"]),
    ("education", ["学历", "文化水平", "受教育程度", "educationlevel"]),
    ("occupation", ["岗位", "岗位名称", "职位", "从事工种", "从事岗位", "position", "jobtitle", "job", "post"]),
    (
      "origin",
      [
        "户籍所在地", "户口所在地", "户籍地址", "户籍", "户籍所在县", "户籍所在县区", "户籍县区", "nativeplace", "hometown", "hukou", "placeoforigin",
        "registeredresidence", "homecounty", "homeprovince/city/county", "hukoulocation", "hukouplace",
      ]
    ),
    ("enterprise", employers),
    (
      "agency",
      [
        "中介机构", "中介机构名称", "人力资源机构", "人力资源服务机构", "人力资源公司", "介绍机构名称", "输送机构", "劳务机构", "劳务公司", "机构名称", "中介", "介绍单位",
        "职业中介", "中介公司", "职介机构",
        "employmentagency", "labouragency", "laboragency", "agencyname", "introducedby",
      ]
    ), ("base", ["劳务协作基地", "劳务输转站", "基地名称"]), ("specialist", ["用工服务专员", "招工专员", "专员"]),
    ("referrer", ["介绍人", "推荐人", "引荐人姓名"]),
    (
      "start",
      [
        "参保时间", "首次参保日期", "首次参保时间", "参保起始日期", "参保起始时间", "参保开始日期", "参保年月日", "入职日期", "入职时间", "到岗日期", "到岗时间", "进场日期",
        "进场时间", "务工起始时间", "务工起始日期", "务工开始时间", "上户日期", "上户时间", "上单日期", "上单时间", "就业日期",
        "就业时间", "上岗时间", "startdate", "hiredate", "dateofhire", "datehired", "datejoined", "joiningdate", "joindate",
        "insuredfrom", "onboarddate", "on-boarddate", "onboardingdate", "entrydate", "commencementdate",
        "employedfrom",
      ]
    ),
    (
      "end",
      [
        "离职时间", "下岗日期", "下岗时间", "截止日期", "截止时间", "解除日期", "解除时间", "下户日期", "下户时间", "下单日期", "下单时间", "离岗日期", "离岗时间", "离职年月日",
        "lastworkingday", "lastday", "resignationdate",
        "exitdate", "enddate",
        "leavedate", "leavingdate", "offboarddate", "off-boarddate", "offboardingdate", "dateleft", "terminationdate",
        "employedto",
      ]
    ), ("organised", ["有组织输转", "有组织劳务输出"]),
    (
      "relief_person",
      ["脱贫劳动力", "是否脱贫劳动力", "建档立卡", "是否建档立卡", "建档立卡人员", "建档立卡贫困劳动力", "是否建档立卡贫困劳动力", "脱贫人口", "是否脱贫人口", "是否脱贫户"]
    ), ("graduated", ["毕业日期", "毕业年份", "毕业年度"]), ("registered_unemployed_from", ["失业登记时间", "登记失业日期", "登记失业时间"]),
    (
      "monthly_wage",
      [
        "月薪", "薪酬", "工资", "月工资收入", "月收入", "月平均工资", "工资标准", "basesalary", "monthlysalary", "monthlypay", "salary",
        "wage", "wages", "basepay", "monthlybasepay", "monthlywage",
      ]
    ), ("contract_months", ["合同期限月数", "合同期月数"]),
    ("insured_before", ["此前是否参保", "是否曾参保", "曾在本区参保"]),
  ]

  private static let internships: [(field: String, headings: [String])] = [
    ("id", records), ("student", ["学生姓名", "实习生姓名", "实习学生", "姓名"]), ("student_id", numbers),
    ("school_place", ["学校所在地区", "院校所在地", "学校地址"]), ("enterprise", ["实习企业", "实习单位名称"] + employers),
    ("start", ["实习开始日期", "实习开始时间", "实习起始日期", "开始日期", "开始时间", "到岗日期"]),
    ("end", ["实习结束日期", "实习结束时间", "实习截止日期", "实习终止日期", "实习终止时间", "实习截止时间", "实习终止", "结束日期", "结束时间"]),
    ("employed_from", ["入职时间", "留用日期", "就业日期", "留用时间", "留用入职时间", "留用开始日期"]),
    ("employed_to", ["离职时间"]),
  ]

  private static let enterprises: [(field: String, headings: [String])] = [
    ("id", ["统一社会信用代码", "社会信用代码", "单位编号", "信用代码"] + records),
    ("name", ["用工单位", "用人单位", "单位名称", "公司名称", "用工单位名称", "企业", "单位", "名称"]),
    ("district", ["注册地址", "注册所在地", "所属区县", "所在区县", "所属地区", "所在地"]), ("taxed_in", ["纳税所在地"]),
    ("size", ["企业规模", "规模类型", "企业类型"]),
    ("employees", ["员工人数", "员工数", "职工数", "用工人数", "在职人数"]), ("ui_premiums_last_year", ["上年度失业保险费总额", "上年失业保险费"]),
  ]

  private static let agencies: [(field: String, headings: [String])] = [
    ("id", ["统一社会信用代码", "社会信用代码", "信用代码"] + records),
    ("name", ["中介机构", "中介机构名称", "人力资源机构", "人力资源服务机构", "单位名称", "公司名称", "名称"]),
    ("district", ["注册地址", "注册所在地", "所属区县", "所在区县", "所在地"]), ("filed", ["是否备案", "备案情况"]),
    ("registered_on", ["注册时间", "成立日期"]),
  ]

  private static let paid: [(field: String, headings: [String])] = [
    (
      "measure",
      [
        "补贴项目", "补贴名称", "项目名称", "补贴类别", "补贴类型", "补贴种类", "补助项目", "奖补项目", "奖励项目", "资金项目", "政策名称", "政策项目", "事项", "项目",
        "类别",
        "subsidy", "programme", "item",
      ]
    ),
    (
      "payee",
      [
        "领取单位", "收款单位", "收款人", "收款方", "收款单位名称", "申领单位", "申请单位", "申报单位", "享受单位", "补贴单位", "受益单位", "拨付单位", "补贴对象", "享受对象",
        "发放单位", "单位名称", "企业名称", "机构名称", "公司名称", "单位", "企业", "机构", "户名", "收款人姓名", "账户姓名", "收款人全称", "收款账户名", "账户户名",
        "账户名称", "账户名", "收款户名", "收款人户名",
        "收款人名称", "收款账户名称", "对方户名", "对方名称", "开户名", "开户名称", "对象", "recipient", "paidto",
        "company",
      ]
    ),
    (
      "payee_number",
      ["统一社会信用代码", "社会信用代码", "信用代码", "组织机构代码", "单位编号", "企业编号", "机构编号", "creditcode"]
    ),
    (
      "person",
      [
        "领取人", "领取人姓名", "享受人员", "享受人", "补贴人员", "受益人", "人员姓名", "劳动者姓名", "务工人员姓名", "员工姓名", "学生姓名", "学生", "劳动者", "申请人",
        "申请人姓名", "name", "fullname", "worker", "workername",
      ]
    ), ("person_number", numbers + lastOfNumbers + ["workerid"]),
    ("record", ["记录编号", "业务编号", "人员编号", "subject", "for"]),
    (
      "amount",
      [
        "发放金额", "实发金额", "补贴金额", "补助金额", "奖励金额", "奖补金额", "拨付金额", "支付金额", "已发金额", "已付金额", "实付金额", "到账金额", "付款金额", "拨款金额",
        "交易金额", "转账金额", "划款金额", "划拨金额", "入账金额", "代发金额", "发生额", "金额合计", "合计金额", "paid", "amountpaid", "sum", "yuan",
      ]
    ),
    (
      "date",
      [
        "拨付日期", "支付日期", "付款日期", "打款日期", "到账日期", "发放时间", "拨付时间", "支付时间", "付款时间", "打款时间", "到账时间", "日期", "交易日期", "交易时间",
        "入账日期", "入账时间", "记账日期", "转账日期", "转账时间", "划款日期", "代发日期", "paidon",
        "datepaid",
        "paymentdate",
      ]
    ), ("month", ["所属月份", "补贴月份", "月份", "所属月", "发放年月"]), ("year", ["所属年度", "补贴年度", "年份"]),
  ]

  private static let specialists: [(field: String, headings: [String])] = [
    ("id", records), ("name", ["专员姓名", "专员"]), ("enterprise", ["聘任企业", "聘任单位"] + employers),
    ("county", ["家乡", "家乡所在县", "户籍地", "户籍所在地"]), ("filed_on", ["备案时间"]), ("appointed_from", ["聘任时间", "聘用日期", "聘用时间"]),
  ]
}

extension ListDeclaration {
  /// The headings that registers have for its fields, and labels, by field, the surest first.
  private var headings: [(field: Field, names: [String])] {
    fields.map { ($0, $0.labels) }
      + RegisterHeadings.of(name).compactMap { one in field(one.field).map { ($0, one.headings) } }
  }

  /// The field that registers have under a heading; nil where there is none.
  package func headed(_ heading: String) -> Field? {
    headings.first { $0.names.contains(heading) }?.field
  }

  /// The headings of its fields that stand in a text.
  package func headings(in text: String) -> [String] {
    headings.flatMap(\.names).filter { ($0.utf8.first ?? 0) >= 0x80 && $0.count > 1 && text.contains($0) }
  }
}
