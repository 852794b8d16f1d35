using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Catalog;

/// <summary>A sound little catalog, broken in one place: the error names the file, the line of that place and the reason.</summary>
public sealed class BrokenCatalogTests : IDisposable
{
    private const string Sound = """
        tables:
          - name: DW_A.USER_PROFILE
            kind: source
            required: true
            description: Users.
            key: [USER_ID]
            event_time: UPDATED_AT
            counted_by: SIGNED_UP_AT
            columns:
              - {name: USER_ID, type: BIGINT, description: The user.}
              - name: EMAIL
                type: VARCHAR
                nullable: true
                pii: email
                accepted: [a, b]
                description: The address.
              - {name: SIGNED_UP_AT, type: TIMESTAMP, description: First day.}
              - {name: UPDATED_AT, type: TIMESTAMP, description: Last change.}
              - {name: LOW, type: "DECIMAL(5,2)", min: 0, max: 9, description: Lower.}
              - {name: HIGH, type: "DECIMAL(5,2)", not_below: LOW, description: Upper.}
          - name: DW_A.VISIT
            kind: source
            description: Visits.
            key: [VISIT_ID]
            columns:
              - {name: VISIT_ID, type: BIGINT, description: The visit.}
              - {name: USER_ID, type: BIGINT, references: DW_A.USER_PROFILE.USER_ID, reject_orphans: true, description: Who came.}
          - name: LOYALTY.MASTER
            kind: warehouse
            description: Users of today.
            key: [USER_ID]
            columns:
              - {name: USER_ID, type: BIGINT, from: [DW_A.USER_PROFILE.USER_ID], description: The user.}
              - {name: EMAIL, type: VARCHAR, nullable: true, pii: "email", from: [DW_A.USER_PROFILE.EMAIL], description: The address.}
              - {name: ADDRESSES, type: BIGINT, anonymized: count, from: [DW_A.USER_PROFILE.EMAIL], description: How many.}
          - name: LOYALTY.HISTORY
            kind: warehouse
            description: Users of other days.
            extends: LOYALTY.MASTER
            columns:
              - {name: VALID_FROM, type: DATE, description: First day.}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_sound_one_is_read()
    {
        var catalog = CatalogReader.Read(Write(Sound));

        Assert.Equal(4, catalog.Tables.Count);
        Assert.Equal(["USER_ID", "EMAIL", "ADDRESSES", "VALID_FROM"], catalog.Table("LOYALTY.HISTORY").Columns.Select(column => column.Name));
        Assert.Equal("SIGNED_UP_AT", catalog.Users.CountedBy?.Name);
    }

    [Theory]
    [InlineData("name: LOW,", "name: ORDER,", "'ORDER' of table DW_A.USER_PROFILE is a word of SQL")]
    [InlineData("name: DW_A.VISIT", "name: DW_A.TABLE", "'DW_A.TABLE' is no table name: TABLE is a word of SQL")]
    [InlineData("type: VARCHAR\n", "type: TEXT\n", "DW_A.USER_PROFILE.EMAIL has the unknown type 'TEXT'")]
    [InlineData("\"DECIMAL(5,2)\", min", "\"DECIMAL(0,0)\", min", "unknown type 'DECIMAL(0,0)'")]
    [InlineData("\"DECIMAL(5,2)\", min", "\"DECIMAL(39,2)\", min", "unknown type 'DECIMAL(39,2)'")]
    [InlineData("\"DECIMAL(5,2)\", min", "\"DECIMAL(5,9)\", min", "unknown type 'DECIMAL(5,9)'")]
    [InlineData(
        "references: DW_A.USER_PROFILE.USER_ID", "references: DW_A.USER_PROFILE.ID",
        "references DW_A.USER_PROFILE.ID, which the catalog does not declare")]
    [InlineData(
        "references: DW_A.USER_PROFILE.USER_ID", "references: DW_A.NOBODY.USER_ID",
        "references DW_A.NOBODY.USER_ID, which the catalog does not declare")]
    [InlineData("references: DW_A.USER_PROFILE.USER_ID", "references: USER_PROFILE.USER_ID", "write SCHEMA.TABLE.COLUMN")]
    [InlineData(
        "references: DW_A.USER_PROFILE.USER_ID", "references: DW_A.USER_PROFILE.EMAIL",
        "is BIGINT but references DW_A.USER_PROFILE.EMAIL, which is VARCHAR")]
    [InlineData(
        "references: DW_A.USER_PROFILE.USER_ID", "references: DW_A.VISIT.VISIT_ID",
        "only those of DW_A.USER_PROFILE.USER_ID can be rejected")]
    [InlineData("references: DW_A.USER_PROFILE.USER_ID, ", "", "rejects orphans but references nothing", "reject_orphans")]
    [InlineData(
        "from: [DW_A.USER_PROFILE.EMAIL]", "from: [DW_A.USER_PROFILE.MAIL]",
        "LOYALTY.MASTER.EMAIL comes from DW_A.USER_PROFILE.MAIL, which the catalog does not declare")]
    [InlineData("from: [DW_A.USER_PROFILE.EMAIL]", "from: DW_A.USER_PROFILE.EMAIL", "'from' must be a list")]
    [InlineData("not_below: LOW", "not_below: LOWER", "must not be below LOWER, which is no DECIMAL(5,2) column of the table")]
    [InlineData("not_below: LOW", "not_below: EMAIL", "must not be below EMAIL")]
    [InlineData("key: [VISIT_ID]", "key: [ID]", "key of table DW_A.VISIT names ID, which is no column of it")]
    [InlineData("key: [VISIT_ID]", "key: [VISIT_ID, VISIT_ID]", "key of table DW_A.VISIT names a column twice")]
    [InlineData("key: [USER_ID]", "key: [EMAIL]", "names EMAIL, which is nullable")]
    [InlineData("key: [VISIT_ID]", "key: []", "table DW_A.VISIT needs a key")]
    [InlineData(
        "event_time: UPDATED_AT", "event_time: CHANGED_AT",
        "event_time of table DW_A.USER_PROFILE names CHANGED_AT, which is no column of it")]
    [InlineData("event_time: UPDATED_AT", "event_time: LOW", "takes its time from LOW, which is DECIMAL(5,2)")]
    [InlineData("counted_by: SIGNED_UP_AT", "counted_by: NEVER", "counted_by of table DW_A.USER_PROFILE names NEVER")]
    [InlineData("counted_by: SIGNED_UP_AT", "counted_by: USER_ID", "takes its time from USER_ID, which is BIGINT")]
    [InlineData("name: VISIT_ID", "name: USER_ID", "table DW_A.VISIT has column USER_ID twice", "name: USER_ID, type: BIGINT, references")]
    [InlineData("name: VALID_FROM", "name: EMAIL", "table LOYALTY.HISTORY has column EMAIL twice")]
    [InlineData("kind: source\n    required", "kind: table\n    required", "'kind' must be one of source, warehouse, view, not 'table'")]
    [InlineData("kind: source\n    required", "kind: 1\n    required", "'kind' must be one of source, warehouse, view, not '1'")]
    [InlineData("required: true", "required: yes", "'required' must be true or false, not 'yes'")]
    [InlineData("nullable: true\n", "nullable: True\n", "'nullable' must be true or false, not 'True'")]
    [InlineData("pii: email", "pii: mail", "'pii' must be one of none, email, name, phone, not 'mail'")]
    [InlineData("pii: email", "pii: email, name", "'pii' must be one of")]
    [InlineData("description: Users.", "desciption: Users.", "unknown key 'desciption'")]
    [InlineData("pii: email", "ppi: email", "unknown key 'ppi'")]
    [InlineData("tables:", "table:", "unknown key 'table'")]
    [InlineData("    description: Users.\n", "", "'description' is missing", "name: DW_A.USER_PROFILE")]
    [InlineData("        description: The address.\n", "", "'description' is missing", "name: EMAIL")]
    [InlineData(
        "    kind: warehouse\n    description: Users of today", "    description: Users of today", "'kind' is missing",
        "name: LOYALTY.MASTER")]
    [InlineData("description: Visits.", "description: [Visits]", "'description' must be a text")]
    [InlineData("description: Visits.", "description:", "'description' must be a text")]
    [InlineData("key: [VISIT_ID]", "key: VISIT_ID", "'key' must be a list")]
    [InlineData("key: [VISIT_ID]", "key: [[VISIT_ID]]", "'key' must be a list of texts")]
    [InlineData("{name: VISIT_ID, type: BIGINT, description: The visit.}", "VISIT_ID", "'columns' must be a list of mappings")]
    [InlineData("name: DW_A.VISIT", "name: VISIT", "'VISIT' is no table name; write SCHEMA.TABLE in upper case")]
    [InlineData("name: DW_A.VISIT", "name: dw_a.visit", "'dw_a.visit' is no table name")]
    [InlineData("name: DW_A.VISIT", "name: X.DW_A.VISIT", "'X.DW_A.VISIT' is no table name")]
    [InlineData("name: VISIT_ID", "name: Visit-Id", "'Visit-Id' of table DW_A.VISIT is no column name")]
    [InlineData("min: 0, max: 9", "min: 10, max: 9", "DW_A.USER_PROFILE.LOW has min 10 above max 9")]
    [InlineData("min: 0, max: 9", "min: none", "'none' is no number")]
    [InlineData("nullable: true\n", "max: 3\n", "EMAIL is VARCHAR; min and max are for numbers")]
    [InlineData("min: 0, max: 9", "accepted: [a]", "LOW is DECIMAL(5,2); a list of accepted values is for VARCHAR")]
    [InlineData("accepted: [a, b]", "accepted: a", "'accepted' must be a list")]
    [InlineData("extends: LOYALTY.MASTER", "extends: LOYALTY.MASTER\n    reads: LOYALTY.NOTHING", "reads LOYALTY.NOTHING, which is not declared above it", "reads: LOYALTY.NOTHING")]
    [InlineData(
        "pii: \"email\", from:", "from:", "LOYALTY.MASTER.EMAIL is made of DW_A.USER_PROFILE.EMAIL, which is email, and is not said to be; write pii: email",
        "name: EMAIL, type: VARCHAR, nullable: true, from")]
    [InlineData(
        "pii: \"email\", from:", "pii: phone, from:", "LOYALTY.MASTER.EMAIL is made of DW_A.USER_PROFILE.EMAIL, which is email, and is not said to be",
        "pii: phone")]
    [InlineData(
        "anonymized: count, from:", "from:", "LOYALTY.MASTER.ADDRESSES is made of DW_A.USER_PROFILE.EMAIL, which is email", "name: ADDRESSES")]
    [InlineData("anonymized: count", "anonymized: forget", "anonymized", "anonymized: forget")]
    [InlineData(
        "anonymized: count", "anonymized: count, pii: email", "LOYALTY.MASTER.ADDRESSES is said to be anonymized and to be email",
        "name: ADDRESSES")]
    [InlineData(
        "type: BIGINT, from: [DW_A.USER_PROFILE.USER_ID]", "type: BIGINT, anonymized: hash, from: [DW_A.USER_PROFILE.USER_ID]",
        "LOYALTY.MASTER.USER_ID is made of no personal data that could end in it", "anonymized: hash")]
    [InlineData(
        "pii: \"email\", from: [DW_A.USER_PROFILE.EMAIL], ", "", "LOYALTY.MASTER.EMAIL does not say what it is made of",
        "name: EMAIL, type: VARCHAR, nullable: true, description")]
    [InlineData(
        "extends: LOYALTY.MASTER", "extends: LOYALTY.MASTER\n    reads: DW_A.VISIT",
        "LOYALTY.HISTORY reads DW_A.VISIT, which has no column EMAIL", "reads: DW_A.VISIT")]
    [InlineData(
        "    extends: LOYALTY.MASTER", "    reads: LOYALTY.MASTER", "LOYALTY.HISTORY says what it reads", "reads: LOYALTY.MASTER")]
    [InlineData("extends: LOYALTY.MASTER", "extends: LOYALTY.MISTRESS", "extends LOYALTY.MISTRESS, which is not declared above it")]
    [InlineData("extends: LOYALTY.MASTER", "extends: LOYALTY.HISTORY", "extends LOYALTY.HISTORY, which is not declared above it")]
    [InlineData(
        "name: LOYALTY.MASTER", "name: LOYALTY.OTHER", "extends LOYALTY.MASTER, which is not declared above it", "extends: LOYALTY.MASTER")]
    [InlineData(
        "kind: warehouse\n    description: Users of other days", "kind: view\n    description: Users of other days", "'query' is missing",
        "name: LOYALTY.HISTORY")]
    [InlineData(
        "    extends: LOYALTY.MASTER", "    query: a.sql\n    extends: LOYALTY.MASTER", "LOYALTY.HISTORY has a query but is no view")]
    [InlineData(
        "kind: warehouse\n    description: Users of other days", "kind: view\n    query: nowhere.sql\n    description: Users of other days",
        "the query of view LOYALTY.HISTORY cannot be read", "query: nowhere")]
    [InlineData(
        "extends: LOYALTY.MASTER", "masks: LOYALTY.MASTER", "LOYALTY.HISTORY masks a table but is no view", "masks: LOYALTY.MASTER")]
    [InlineData(
        "kind: warehouse\n    description: Users of other days.\n    extends",
        "kind: view\n    description: Users of other days.\n    masks", "view LOYALTY.HISTORY has the columns of what it masks", "masks: LOYALTY.MASTER")]
    [InlineData(
        "kind: warehouse\n    description: Users of other days.\n    extends: LOYALTY.MASTER",
        "kind: view\n    description: Users of other days.\n    masks: DW_A.VISIT", "masks DW_A.VISIT, which is no table of the pipeline",
        "masks: DW_A.VISIT")]
    [InlineData(
        "kind: warehouse\n    description: Users of other days.\n    extends: LOYALTY.MASTER\n",
        "kind: view\n    description: Users of other days.\n    masks: LOYALTY.MASTER\n    key: [EMAIL]\n", "key of table LOYALTY.HISTORY names EMAIL, which is nullable", "key: [EMAIL]")]
    [InlineData(
        "name: EMAIL, type: VARCHAR, nullable: true, pii: \"email\"", "name: EMAIL, type: BIGINT, nullable: true, pii: email",
        "LOYALTY.MASTER.EMAIL is BIGINT; personal data is VARCHAR", "name: EMAIL, type: BIGINT")]
    [InlineData("kind: source\n    required", "kind: source\n    kind: source\n    required", "Duplicate key", null, 1)]
    [InlineData("    description: Users.", "\tdescription: Users.", "found a tab")]
    [InlineData("key: [VISIT_ID]", "key: [VISIT_ID", "the text ends within brackets")]
    [InlineData("description: Visits.", "description: \"Visits.", "quoted scalar", null, 1)]
    [InlineData("description: Visits.", "description: &a *a", "")]
    public void What_is_wrong_is_named_with_its_line(string sound, string broken, string reason, string? at = null, int linesBelow = 0)
    {
        var text = Sound.Replace(sound, broken, StringComparison.Ordinal);
        Assert.NotEqual(Sound, text);
        var place = at is null ? Sound.IndexOf(sound, StringComparison.Ordinal) : text.IndexOf(at, StringComparison.Ordinal);

        AssertRefused(text, 1 + text[..place].Count(character => character == '\n') + linesBelow, reason);
    }

    [Fact]
    public void A_table_is_declared_once() => AssertRefused(
        Sound + "\n  - {name: DW_A.VISIT, kind: source, description: Again., key: [A], columns: [{name: A, type: DATE, description: A.}]}",
        42, "table DW_A.VISIT is declared twice");

    [Fact]
    public void Users_and_Master_must_be_there()
    {
        AssertRefused(
            Sound.Replace("DW_A.USER_PROFILE", "DW_A.PEOPLE", StringComparison.Ordinal)
                .Replace(", reject_orphans: true", "", StringComparison.Ordinal), 2, "the catalog declares no table DW_A.USER_PROFILE");
        AssertRefused(
            Sound.Replace("LOYALTY.MASTER", "LOYALTY.OTHER", StringComparison.Ordinal), 2, "the catalog declares no table LOYALTY.MASTER");
        AssertRefused("tables: []", 1, "the catalog declares no table DW_A.USER_PROFILE");
        AssertRefused("# only a comment", 1, "'tables' is missing");
    }

    [Theory]
    [InlineData("")]
    [InlineData("just words")]
    [InlineData("- a\n- list")]
    public void What_is_no_mapping_is_refused(string text) => AssertRefused(text, 1, "a mapping is expected");

    [Fact]
    public void A_second_document_is_refused() => AssertRefused("a: 1\n---\nb: 2", 3, "a second document");

    [Fact]
    public void A_file_that_is_missing_or_a_folder_is_refused()
    {
        foreach (var path in new[] { Path.Combine(_folder.Path, "nowhere.yml"), Path.Combine(_folder.Path, "nowhere", "catalog.yml"),
            _folder.Path })
        {
            var error = Assert.Throws<LoyaltyException>(() => CatalogReader.Read(path));
            Assert.Equal("CatalogInvalid", error.ErrorId);
            Assert.StartsWith(
                Directory.Exists(path) ? $"{path} cannot be read: " : $"There is no file {path}.", error.Message, StringComparison.Ordinal);
        }
    }

    private void AssertRefused(string text, int line, string reason)
    {
        var path = Write(text);
        var error = Assert.Throws<LoyaltyException>(() => CatalogReader.Read(path));

        Assert.Equal("CatalogInvalid", error.ErrorId);
        Assert.StartsWith($"{path} line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(path, error.Target);
        Assert.NotEmpty(error.Remedy);
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder.Path, "catalog.yml");
        File.WriteAllText(path, text);
        return path;
    }
}
