using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

public sealed class ImportModeTests
{
    private const string H = Imports.CallsHeader + "\n";

    private static readonly ImportOptions Replace = new(ImportMode.Replace);
    private static readonly ImportOptions Append = new(ImportMode.Append);

    [Fact]
    public async Task Upsert_of_the_same_file_changes_nothing()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write(
            "USER_ACTIVITY.csv",
            "ACTIVITY_ID,USER_ID,ACTIVITY_TYPE,ACTIVITY_AT,AMOUNT,RATING\n1,1,login,1998-06-01,,\n1,1,login,1998-06-02,,\n2,1,feedback,1998-06-01,1.5,5\nx,1,login,1998-06-01,,\n");
        Assert.Equal("read 4, rejected 2, inserted 2, updated 0, unchanged 0, deleted 0", Imports.Counts(await test.ImportAsync(path)));
        var before = await test.RowsAsync("SELECT rowid, * FROM DW_A.USER_ACTIVITY ORDER BY 1");
        Assert.Equal("read 4, rejected 2, inserted 0, updated 0, unchanged 2, deleted 0", Imports.Counts(await test.ImportAsync(path)));
        Assert.Equal(before, await test.RowsAsync("SELECT rowid, * FROM DW_A.USER_ACTIVITY ORDER BY 1"));
    }

    [Fact]
    public async Task Upsert_replaces_by_key_unless_what_is_stored_is_newer_and_leaves_other_rows()
    {
        await using var test = await TestWarehouse.CreateAsync();
        const string Header = "ACTIVITY_ID,USER_ID,ACTIVITY_TYPE,ACTIVITY_AT,AMOUNT\n";
        await test.ImportAsync(
            test.Write("USER_ACTIVITY.csv", Header + "1,1,login,1998-06-05,\n2,1,purchase,1998-06-05,7\n3,1,login,1998-06-05,\n"));
        var result = await test.ImportAsync(
            test.Write(
                "USER_ACTIVITY.csv",
                Header + "1,1,login,1998-01-01,\n2,1,purchase,1998-06-05,\n3,1,login,1998-06-05,\n4,1,login,1998-06-05,\n"));
        Assert.Equal("read 4, rejected 0, inserted 1, updated 1, unchanged 1, deleted 0, older 1", Imports.Counts(result));
        Assert.Equal(["1|1998-06-05 00:00:00|NULL", "2|1998-06-05 00:00:00|NULL", "3|1998-06-05 00:00:00|NULL",
            "4|1998-06-05 00:00:00|NULL"],
            await test.RowsAsync("SELECT ACTIVITY_ID, ACTIVITY_AT, AMOUNT FROM DW_A.USER_ACTIVITY ORDER BY 1"));
    }

    [Fact]
    public async Task What_is_stored_in_the_end_does_not_depend_on_the_order_of_files()
    {
        const string Header =
            "USER_ID,EMAIL,FULL_NAME,PHONE,REGION_CODE,ACCOUNT_TYPE,ACCOUNT_STATUS,MARKETING_CONSENT,SIGNED_UP_AT,UPDATED_AT\n";
        string[] files = [Header + "1,old,,,,plus,active,true,1998-01-01,1998-06-01\n",
            Header + "1,new,,,,plus,active,false,1998-01-01,1998-06-02\n", Header + "1,same,,,,plus,active,true,1998-01-01,1998-06-02\n"];
        foreach (var (order, stored) in new[] { (new[] { 0, 1, 2 }, "same|True"), ([1, 0, 2], "same|True"), ([2, 1, 0], "new|False"),
            ([2, 0, 1], "new|False") })
        {
            await using var test = await TestWarehouse.CreateAsync();
            foreach (var file in order)
                await test.ImportAsync(test.Write("USER_PROFILE.csv", files[file]));
            Assert.Equal([stored], await test.RowsAsync("SELECT EMAIL, MARKETING_CONSENT FROM DW_A.USER_PROFILE"));
        }
    }

    // A merge rejects what belongs to nobody before it picks winners; whatever way the rows came in, user 1 has logged in.
    [Theory]
    [InlineData(ImportMode.Upsert, false)]
    [InlineData(ImportMode.Upsert, true)]
    [InlineData(ImportMode.Append, false)]
    [InlineData(ImportMode.Append, true)]
    [InlineData(ImportMode.Replace, true)]
    public async Task A_row_that_belongs_to_nobody_never_costs_a_usable_one(ImportMode mode, bool together)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ExecuteAsync(
            "INSERT INTO DW_A.USER_PROFILE VALUES (1, NULL, NULL, NULL, NULL, 'plus', 'active', TRUE, TIMESTAMP '1998-01-01', TIMESTAMP '1998-06-01')");
        const string Header = "ACTIVITY_ID,USER_ID,ACTIVITY_TYPE,ACTIVITY_AT\n";
        string[] files = together
            ? [Header + "5,1,login,1998-06-01\n5,99,login,1998-06-02\n"]
            : [Header + "5,1,login,1998-06-01\n", Header + "5,99,login,1998-06-02\n"];
        foreach (var file in files)
            await test.ImportAsync(test.Write("USER_ACTIVITY.csv", file), new ImportOptions(mode, TestWarehouse.AnyNumber));
        await test.MergeAsync(new DateOnly(1998, 6, 2));
        Assert.Equal(["1"], await test.RowsAsync("SELECT LOGINS_30D FROM LOYALTY.MASTER"));
    }

    [Theory]
    [InlineData(1, 99)]
    [InlineData(99, 1)]
    public async Task Nor_does_it_stay_where_a_usable_one_comes_whichever_is_newer(int first, int second)
    {
        foreach (var (firstDay, secondDay) in new[] { (1, 2), (2, 1) })
        {
            await using var test = await TestWarehouse.CreateAsync();
            await test.ExecuteAsync(
                "INSERT INTO DW_A.USER_PROFILE VALUES (1, NULL, NULL, NULL, NULL, 'plus', 'active', TRUE, TIMESTAMP '1998-01-01', TIMESTAMP '1998-06-01')");
            foreach (var (user, day) in new[] { (first, firstDay), (second, secondDay) })
                await test.ImportAsync(
                    test.Write("USER_ACTIVITY.csv", $"ACTIVITY_ID,USER_ID,ACTIVITY_TYPE,ACTIVITY_AT\n5,{user},login,1998-06-0{day}\n"));
            Assert.Equal(["1"], await test.RowsAsync("SELECT USER_ID FROM DW_A.USER_ACTIVITY"));
        }
    }

    // A slip in the year would keep every later refusal away.
    [Theory]
    [InlineData("2962-06-30")]
    [InlineData("9999-12-31")]
    public async Task A_row_of_a_day_to_come_is_warned_of_and_keeps_none_away(string day)
    {
        const string Header =
            "USER_ID,EMAIL,FULL_NAME,PHONE,REGION_CODE,ACCOUNT_TYPE,ACCOUNT_STATUS,MARKETING_CONSENT,SIGNED_UP_AT,UPDATED_AT\n";
        foreach (var others in new[] { string.Empty,
            "2,b,,,,plus,active,true,1998-01-01,1998-06-01\n2,c,,,,plus,active,true,1998-01-01,1998-06-02\n" })
        {
            await using var test = await TestWarehouse.CreateAsync();
            await test.ImportAsync(test.Write("USER_PROFILE.csv", $"{Header}1,a,,,,plus,active,true,1998-01-01,{day}\n{others}"));
            Assert.Contains(
                "1 row for DW_A.USER_PROFILE has a UPDATED_AT that lies in the future.", Assert.Single(test.Reporter.Warnings),
                StringComparison.Ordinal);
            var result = await test.ImportAsync(
                test.Write("USER_PROFILE.csv", Header + "1,a,,,,plus,active,false,1998-01-01,1998-06-30\n"));
            Assert.Equal((1, 0), (result.Updated, result.Older));
            Assert.Equal(["False"], await test.RowsAsync("SELECT MARKETING_CONSENT FROM DW_A.USER_PROFILE WHERE USER_ID = 1"));
        }
    }

    // Regions have no time of their own: the file of the later day is the newer, whichever values are larger.
    [Theory]
    [InlineData("Core", "Emerging")]
    [InlineData("Emerging", "Core")]
    public async Task Without_an_event_time_the_later_file_of_an_import_wins(string earlier, string later)
    {
        await using var test = await TestWarehouse.CreateAsync();
        test.Write(
            "REGION_METADATA_2026-06-29.csv", $"REGION_CODE,REGION_NAME,COUNTRY,REGION_CLASS\nDE,Old,DE,{earlier}\nFR,Zone,FR,Core\n");
        test.Write("REGION_METADATA_2026-06-30.csv", $"REGION_CODE,REGION_NAME,COUNTRY,REGION_CLASS\nDE,New,DE,{later}\n");
        await test.ImportAsync(test.Folder, new ImportOptions(ImportMode.Upsert, TestWarehouse.AnyNumber));
        Assert.Equal(
            [$"DE|New|{later}", "FR|Zone|Core"],
            await test.RowsAsync("SELECT REGION_CODE, REGION_NAME, REGION_CLASS FROM DW_C.REGION_METADATA ORDER BY 1"));
    }

    [Fact]
    public async Task Of_stored_rows_of_one_key_a_newer_one_stays()
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ExecuteAsync(
            "INSERT INTO DW_A.USER_ACTIVITY VALUES (1, 1, 'login', TIMESTAMP '1998-06-01', NULL, NULL), (1, 1, 'login', TIMESTAMP '1998-06-03', NULL, NULL)");
        var result = await test.ImportAsync(
            test.Write("USER_ACTIVITY.csv", "ACTIVITY_ID,USER_ID,ACTIVITY_TYPE,ACTIVITY_AT\n1,1,login,1998-06-02\n"));
        Assert.Equal("read 1, rejected 0, inserted 0, updated 0, unchanged 0, deleted 0, older 1", Imports.Counts(result));
        Assert.Equal(["1998-06-03 00:00:00"], await test.RowsAsync("SELECT ACTIVITY_AT FROM DW_A.USER_ACTIVITY"));
    }

    [Fact]
    public async Task Of_rows_of_one_import_that_are_as_new_as_each_other_the_refusal_wins()
    {
        foreach (var mode in Enum.GetValues<ImportMode>())
        {
            await using var test = await TestWarehouse.CreateAsync();
            await test.ImportAsync(
                test.Write(
                    "USER_PROFILE.csv",
                    "USER_ID,EMAIL,ACCOUNT_TYPE,ACCOUNT_STATUS,MARKETING_CONSENT,SIGNED_UP_AT,UPDATED_AT\n1,z,plus,active,true,1998-01-01,1998-06-01\n1,a,plus,active,false,1998-01-01,1998-06-01\n"),
                new ImportOptions(mode));
            await test.MergeAsync(new DateOnly(1998, 6, 1));
            Assert.Equal(["a|False"], await test.RowsAsync("SELECT EMAIL, MARKETING_CONSENT FROM LOYALTY.MASTER"));
        }
    }

    [Theory]
    [InlineData(
        "rows that differ", "(1, DATE '1998-06-01', 5), (1, DATE '1998-06-01', 6)", "inserted 0, updated 1, unchanged 0, deleted 0")]
    [InlineData(
        "rows that are alike", "(1, DATE '1998-06-01', 5), (1, DATE '1998-06-01', 5)", "inserted 0, updated 1, unchanged 0, deleted 0")]
    [InlineData(
        "one is right already", "(1, DATE '1998-06-01', 3), (1, DATE '1998-06-01', 5)", "inserted 0, updated 1, unchanged 0, deleted 0")]
    [InlineData(
        "both are right already", "(1, DATE '1998-06-01', 3), (1, DATE '1998-06-01', 3)", "inserted 0, updated 1, unchanged 0, deleted 0")]
    [InlineData(
        "a row without key stays", "(1, DATE '1998-06-01', 3), (NULL, DATE '1998-06-01', 3)",
        "inserted 0, updated 0, unchanged 1, deleted 0")]
    public async Task Upsert_over_stored_duplicates_leaves_one_row_a_key(string what, string stored, string counts)
    {
        await using var test = await TestWarehouse.CreateAsync();
        await test.ExecuteAsync($"INSERT INTO DW_B.SUPPORT_CALLS VALUES {stored}");
        var path = test.Write("SUPPORT_CALLS.csv", H + "1,1998-06-01,3\n");
        var plan = await test.ImportAsync(path, new ImportOptions(PlanOnly: true));
        var result = await test.ImportAsync(path);
        Assert.True(Imports.Counts(result) == "read 1, rejected 0, " + counts, $"{what}: {Imports.Counts(result)}");
        Assert.Equal(Imports.Counts(plan), Imports.Counts(result));
        Assert.Equal(["1|1998-06-01|3"], await test.RowsAsync("SELECT * FROM DW_B.SUPPORT_CALLS WHERE USER_ID IS NOT NULL"));
        Assert.Equal("read 1, rejected 0, inserted 0, updated 0, unchanged 1, deleted 0", Imports.Counts(await test.ImportAsync(path)));
    }

    [Fact]
    public async Task Replace_and_Append_keep_duplicates()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var path = test.Write("SUPPORT_CALLS.csv", H + "1,1998-06-01,3\n1,1998-06-01,3\n2,1998-06-01,x\n");
        Assert.Equal(
            "read 3, rejected 1, inserted 2, updated 0, unchanged 0, deleted 0", Imports.Counts(await test.ImportAsync(path, Append)));
        Assert.Equal(
            "read 3, rejected 1, inserted 2, updated 0, unchanged 0, deleted 0", Imports.Counts(await test.ImportAsync(path, Append)));
        Assert.Equal(4, (await test.CallsAsync()).Count);
        Assert.Equal(
            "read 3, rejected 1, inserted 2, updated 0, unchanged 0, deleted 4", Imports.Counts(await test.ImportAsync(path, Replace)));
        Assert.Equal(["1|1998-06-01|3", "1|1998-06-01|3"], await test.CallsAsync());
    }

    [Fact]
    public async Task Rows_of_one_key_compete_across_the_files_of_an_import()
    {
        await using var test = await TestWarehouse.CreateAsync();
        var folder = Directory.CreateDirectory(Path.Combine(test.Folder, "in")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "SUPPORT_CALLS_1.csv"), H + "1,1998-06-01,9\n", TestWarehouse.Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "SUPPORT_CALLS_2.csv"), H + "1,1998-06-01,3\n", TestWarehouse.Token);
        await test.ImportFolderAsync(folder);
        Assert.Equal(["1|1998-06-01|9"], await test.CallsAsync());
        Assert.Equal(["duplicate SUPPORT_CALLS_2.csv line 2"], await test.PlacesAsync());
    }

    [Theory]
    [InlineData(ImportMode.Upsert, false, false)]
    [InlineData(ImportMode.Upsert, true, false)]
    [InlineData(ImportMode.Upsert, false, true)]
    [InlineData(ImportMode.Upsert, true, true)]
    [InlineData(ImportMode.Append, false, false)]
    [InlineData(ImportMode.Append, true, true)]
    [InlineData(ImportMode.Replace, false, true)]
    [InlineData(ImportMode.Replace, true, false)]
    [InlineData(ImportMode.Replace, true, true)]
    public async Task A_plan_says_what_will_be_and_writes_nothing(ImportMode mode, bool isStored, bool isDirty)
    {
        await using var test = await TestWarehouse.CreateAsync();
        if (isStored)
            await test.ImportAsync(test.Write("SUPPORT_CALLS.csv", H + "1,1998-06-01,3\n2,1998-06-01,4\n9,1998-06-01,4\n"));
        var path = test.Write(
            "SUPPORT_CALLS.csv",
            H + "1,1998-06-01,3\n2,1998-06-01,5\n3,1998-06-01,6\n"
                + (isDirty ? "3,1998-06-01,5\nx,1998-06-01,3\n4,1998-06-01\n5,1998-06-01,-1\n" : string.Empty));
        var before = await test.ContentAsync();
        var runs = await test.RowsAsync("SELECT * FROM LOYALTY.RUN");
        var plan = await test.ImportAsync(path, new ImportOptions(mode, PlanOnly: true));
        Assert.False(plan.Applied);
        Assert.Equal(before, await test.ContentAsync());
        Assert.Equal(runs, await test.RowsAsync("SELECT * FROM LOYALTY.RUN"));

        var result = await test.ImportAsync(path, new ImportOptions(mode));
        Assert.True(result.Applied);
        Assert.Equal(Imports.Counts(result), Imports.Counts(plan));
        Assert.Equal(Facts.Of(result.RejectedByRule), Facts.Of(plan.RejectedByRule));
        Imports.AssertAddsUp(result);
    }

    [Fact]
    public async Task A_plan_for_a_table_that_is_not_there_creates_none()
    {
        await using var test = await TestWarehouse.CreateAsync(withSources: false);
        var path = test.Write("SUPPORT_CALLS.csv", H + "1,1998-06-01,3\n");
        var plan = await test.ImportAsync(path, new ImportOptions(PlanOnly: true));
        Assert.Equal(1, plan.Inserted);
        Assert.Equal(["0"], await test.RowsAsync("SELECT COUNT(*) FROM duckdb_tables() WHERE table_name = 'SUPPORT_CALLS'"));
        Assert.Equal(Imports.Counts(plan), Imports.Counts(await test.ImportAsync(path)));
        Assert.Equal(["1|1998-06-01|3"], await test.CallsAsync());
    }
}
