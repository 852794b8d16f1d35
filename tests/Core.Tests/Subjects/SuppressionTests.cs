using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Runs;
using LoyaltyPipeline.Core.Subjects;
using LoyaltyPipeline.Core.Tests.Delivery;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Subjects;

/// <summary>Who is suppressed is sent to nobody, as long as it holds.</summary>
public sealed class SuppressionTests
{
    private const string Rows = "SELECT USER_ID, REASON, UNTIL_DATE FROM LOYALTY.SUPPRESSION ORDER BY 1";

    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    [Fact]
    public async Task Users_are_added_changed_and_removed_and_the_same_again_changes_nothing()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 5);
        var until = Today.AddDays(9);

        var added = await AddAsync(scene, new SuppressOptions([1, 2, 2, 3], "asked"));
        var again = await AddAsync(scene, new SuppressOptions([1, 2, 3], "asked"));
        var since = await scene.Test.RowsAsync("SELECT USER_ID, SINCE FROM LOYALTY.SUPPRESSION ORDER BY 1");
        var changed = await AddAsync(scene, new SuppressOptions([1, 2, 4], "list", until));
        var ended = await AddAsync(scene, new SuppressOptions([1], Reason: null, Until: null));
        var removed = await RemoveAsync(scene, 2, 5);

        Assert.Equal((3, 3, 0, 0, true), (added.Users, added.Added, added.Changed, added.Unchanged, added.Applied));
        Assert.Equal((0, 0, 3), (again.Added, again.Changed, again.Unchanged));
        Assert.Equal((1, 2, 0), (changed.Added, changed.Changed, changed.Unchanged));
        Assert.Equal((0, 1, 0), (ended.Added, ended.Changed, ended.Unchanged));
        Assert.Equal((1, 1), (removed.Removed, removed.Unchanged));
        Assert.Equal(["1|list|NULL", "3|asked|NULL", $"4|list|{until:yyyy-MM-dd}"], await scene.Test.RowsAsync(Rows));
        Assert.Equal(since[0], (await scene.Test.RowsAsync("SELECT USER_ID, SINCE FROM LOYALTY.SUPPRESSION WHERE USER_ID = 1"))[0]);
        var runs = await RunReader.ReadAsync(
            scene.Test.Warehouse, new RunQuery(Kinds: [RunKind.Suppress]), scene.Test.Reporter, TestWarehouse.Token);
        Assert.Equal(5, runs.Count);
        Assert.Equal(
            (removed.RunId, RunStatus.Succeeded, 0, 0, 1, 1),
            (runs[0].RunId, runs[0].Status, runs[0].Inserted, runs[0].Updated, runs[0].Deleted, runs[0].Unchanged));
    }

    [Fact]
    public async Task One_that_had_ended_begins_anew()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 1);
        await scene.RunAsync(
            $"INSERT INTO LOYALTY.SUPPRESSION VALUES (1, 'old', TIMESTAMP '2020-01-01', DATE '{Today.AddDays(-1):yyyy-MM-dd}')");

        await AddAsync(scene, new SuppressOptions([1]));

        Assert.Equal(
            ["old|True"], await scene.Test.RowsAsync("SELECT REASON, SINCE > TIMESTAMP '2020-01-02' FROM LOYALTY.SUPPRESSION"));
    }

    [Fact]
    public async Task A_plan_tells_the_same_and_writes_nothing()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        await AddAsync(scene, new SuppressOptions([1]));
        var before = await scene.StateAsync();

        var plan = await AddAsync(scene, new SuppressOptions([1, 2, 99], "x", PlanOnly: true));
        var removal = await new UserSuppressor(scene.Test.Pipeline).RemoveAsync(
            scene.Test.Warehouse, new SuppressOptions([1, 2], PlanOnly: true), scene.Test.Reporter, TestWarehouse.Token);

        Assert.Equal((false, "", 2, 1, 1), (plan.Applied, plan.RunId, plan.Added, plan.Changed, plan.NoUser));
        Assert.Equal((false, 1, 1), (removal.Applied, removal.Removed, removal.Unchanged));
        Assert.Equal(before, await scene.StateAsync());
    }

    [Fact]
    public async Task An_id_that_is_no_user_is_taken_and_counted_in_words_without_it()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 1);

        var result = await AddAsync(scene, new SuppressOptions([1, 777777]));

        Assert.Equal((2, 1), (result.Added, result.NoUser));
        Assert.Contains(scene.Test.Reporter.Warnings, warning => warning.Contains("no user of 1 of the ids", StringComparison.Ordinal));
        Assert.DoesNotContain(scene.Test.Reporter.Warnings, warning => warning.Contains("777777", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_last_day_that_is_past_is_refused_and_nothing_is_logged()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 1);

        var error = await Assert.ThrowsAsync<LoyaltyException>(
            () => AddAsync(scene, new SuppressOptions([1], Until: Today.AddDays(-1))));

        Assert.Equal("SuppressionOver", error.ErrorId);
        Assert.Empty(await scene.Test.RowsAsync("SELECT * FROM LOYALTY.RUN"));
    }

    [Fact]
    public async Task The_next_Diff_removes_who_was_suppressed_and_brings_back_whose_suppression_is_over()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 6);
        await scene.DeliverAsync(DeliveryMode.Diff);
        await AddAsync(scene, new SuppressOptions([1, 2]));
        await AddAsync(scene, new SuppressOptions([3], Until: Today));

        var removed = await scene.DeliverAsync(DeliveryMode.Diff, force: true);
        Assert.Equal((0L, 0L, 3L, 3L), (removed.Added, removed.Changed, removed.Removed, removed.LeftOut.Suppressed));

        await RemoveAsync(scene, 1);
        await scene.RunAsync($"UPDATE LOYALTY.SUPPRESSION SET UNTIL_DATE = DATE '{Today.AddDays(-1):yyyy-MM-dd}' WHERE USER_ID = 3");
        var back = await scene.DeliverAsync(DeliveryMode.Diff, force: true);
        Assert.Equal((2L, 0L, 0L, 1L), (back.Added, back.Changed, back.Removed, back.LeftOut.Suppressed));
        var full = await DeliveredRows.ReadAsync(scene.Test, await scene.DeliverAsync());
        Assert.Equal(["1", "3", "4", "5", "6"], full.Select(row => row["USER_ID"]));
    }

    [Fact]
    public async Task A_warehouse_of_an_earlier_version_gets_the_column_and_all_is_read_before_too()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 3);
        await scene.RunAsync(
            "ALTER TABLE LOYALTY.SUPPRESSION DROP COLUMN UNTIL_DATE", "INSERT INTO LOYALTY.SUPPRESSION VALUES (1, 'old', NULL)");

        Assert.Equal(1, (await scene.DeliverAsync()).LeftOut.Suppressed);
        var user = Assert.Single(await ReadAsync(scene, new SuppressionQuery([], [])));
        Assert.Equal((1L, "old", null, true, true), (user.UserId, user.Reason, user.Until, user.IsCurrent, user.IsUser));
        Assert.Equal(1, (await AddAsync(scene, new SuppressOptions([1, 2], PlanOnly: true))).Added);
        Assert.Equal(1, (await AddAsync(scene, new SuppressOptions([1, 2]))).Added);

        Assert.Equal(["1|old|NULL", "2|NULL|NULL"], await scene.Test.RowsAsync(Rows));
    }

    [Fact]
    public async Task They_are_read_by_user_reason_and_whether_they_hold()
    {
        await using var scene = await DeliveryScene.CreateAsync(users: 2);
        await AddAsync(scene, new SuppressOptions([1, 90], "opt-out list"));
        await AddAsync(scene, new SuppressOptions([2], "survey", Today));
        await scene.RunAsync($"INSERT INTO LOYALTY.SUPPRESSION VALUES (3, NULL, NULL, DATE '{Today.AddDays(-1):yyyy-MM-dd}')");

        async Task<string> Users(SuppressionQuery query) =>
            string.Join(' ', (await ReadAsync(scene, query)).Select(user => $"{user.UserId}{(user.IsUser ? "" : "?")}"));

        Assert.Equal("1 2 3? 90?", await Users(new SuppressionQuery([], [])));
        Assert.Equal("1 90?", await Users(new SuppressionQuery([], ["OPT-*"])));
        Assert.Equal("1 2 90?", await Users(new SuppressionQuery([], [], IsCurrent: true)));
        Assert.Equal("3?", await Users(new SuppressionQuery([], [], IsCurrent: false)));
        Assert.Equal("2", await Users(new SuppressionQuery([2, 55], [])));
        Assert.Equal("", await Users(new SuppressionQuery([], ["nobody*"])));
        var missing = Assert.Single(scene.Test.Reporter.Missing);
        Assert.Equal(("SuppressionNotFound", 55L), (missing.ErrorId, missing.Target));
    }

    [Theory]
    [InlineData("ids.csv", "USER_ID\n3\n1\n3\n", "3 1 3")]
    [InlineData("list of today.csv", "NAME,user_id\n\"A, B\",7\nC,8\n", "7 8")]
    [InlineData("ids.jsonl", "{\"USER_ID\": 5}\n{\"USER_ID\": \"6\"}\n", "5 6")]
    public async Task Files_are_read_as_an_import_reads_them(string name, string content, string expected)
    {
        await using var scene = await DeliveryScene.CreateAsync();

        var ids = await UserIdFile.ReadAsync(
            scene.Test.Write(name, content), scene.Test.Pipeline.Config, scene.Test.Reporter, TestWarehouse.Token);

        Assert.Equal(expected, string.Join(' ', ids));
    }

    [Theory]
    [InlineData("ids.csv", "USER_ID\n3\nx\n", "SourceFileUnreadable")]
    [InlineData("ids.csv", "USER_ID,B\n3,1\n,2\n", "SourceFileUnreadable")]
    [InlineData("ids.csv", "USER_ID,B\n3,1,9\n", "SourceFileUnreadable")]
    [InlineData("ids.csv", "ID\n3\n", "SourceColumnMissing")]
    [InlineData("ids.txt", "USER_ID\n3\n", "SourceFormatUnknown")]
    [InlineData("ids.csv", null, "SourcePathNotFound")]
    public async Task Of_a_file_that_is_not_sound_nothing_is_taken(string name, string? content, string errorId)
    {
        await using var scene = await DeliveryScene.CreateAsync();
        var path = content is null ? Path.Combine(scene.Test.Folder, "nowhere.csv") : scene.Test.Write(name, content);

        var error = await Assert.ThrowsAsync<LoyaltyException>(
            () => UserIdFile.ReadAsync(path, scene.Test.Pipeline.Config, scene.Test.Reporter, TestWarehouse.Token));

        Assert.Equal(errorId, error.ErrorId);
    }

    private static Task<SuppressionResult> AddAsync(DeliveryScene scene, SuppressOptions options) =>
        new UserSuppressor(scene.Test.Pipeline).AddAsync(scene.Test.Warehouse, options, scene.Test.Reporter, TestWarehouse.Token);

    private static Task<SuppressionResult> RemoveAsync(DeliveryScene scene, params long[] users) =>
        new UserSuppressor(scene.Test.Pipeline).RemoveAsync(
            scene.Test.Warehouse, new SuppressOptions(users), scene.Test.Reporter, TestWarehouse.Token);

    private static async Task<IReadOnlyList<SuppressedUser>> ReadAsync(DeliveryScene scene, SuppressionQuery query) =>
        await SuppressionReader.ReadAsync(scene.Test.Warehouse, query, scene.Test.Reporter, TestWarehouse.Token)
            .ToListAsync(TestWarehouse.Token);
}
