using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>What a user does on the first day, from an empty warehouse to a segment.</summary>
public sealed class StoryTests : IDisposable
{
    private readonly ModuleRunspace _session = ModuleRunspace.WithProbes();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Landing_files_are_imported_and_merged_like_the_sample_itself()
    {
        const string Options = "-Users 200 -Days 60";
        _session.Run($"$null = Connect-LoyaltyWarehouse files.duckdb; $null = Initialize-LoyaltyWarehouse; $null = New-LoyaltySample {Options} -Path landing -Compress; "
            + "$imported = @(Import-LoyaltySource landing); $a = Invoke-LoyaltyMerge 2026-06-30").Succeeded();
        var imported = _session.Query("SELECT MD5(STRING_AGG(m::VARCHAR, '|' ORDER BY USER_ID)) FROM LOYALTY.MASTER AS m");

        _session.Run(
            $"$null = Connect-LoyaltyWarehouse ':memory:'; $null = Initialize-LoyaltyWarehouse; $null = New-LoyaltySample {Options}; $b = Invoke-LoyaltyMerge 2026-06-30").Succeeded();

        Assert.Equal(imported, _session.Query("SELECT MD5(STRING_AGG(m::VARCHAR, '|' ORDER BY USER_ID)) FROM LOYALTY.MASTER AS m"));
        Assert.Equal(
            [true, true, 0L],
            _session.Run("$imported.Count -eq (Get-ChildItem landing).Count; $imported.Where{ -not $_.Applied }.Count -eq 0; $a.Quarantined").Succeeded().Output);
        Assert.Equal([true], _session.Run("$a.RowsRead -eq $b.RowsRead").Succeeded().Output);
    }

    [Fact]
    public void A_segment_is_delivered_verified_and_followed_by_what_changed_the_next_day()
    {
        const string Deliver = "Export-EngagementSegment Marketing -Destination drop -Compression None";
        _session.Run("$null = Connect-LoyaltyWarehouse w.duckdb; $null = Initialize-LoyaltyWarehouse; $null = New-LoyaltySample -Users 400 -Days 60 -Path landing; $null = Import-LoyaltySource landing; "
            + "$null = Invoke-LoyaltyMerge 2026-06-29").Succeeded();
        dynamic first = One(Deliver);
        dynamic again = One(Deliver);
        Assert.Equal(("Published", "AlreadyThere"), ((string)$"{first.Outcome}", (string)$"{again.Outcome}"));
        Assert.Equal(((string)first.DeliveryId, (long)first.Rows), ((string)again.DeliveryId, (long)again.Rows));

        // Somebody joins the segment, somebody leaves it, somebody changes.
        _session.Query(
            "UPDATE DW_A.USER_PROFILE SET ACCOUNT_STATUS = 'closed' WHERE USER_ID = (SELECT MIN(USER_ID) FROM LOYALTY.DELIVERED_MEMBER) RETURNING 1");
        _session.Query(
            "UPDATE DW_A.USER_PROFILE SET EMAIL = 'moved@mail.example' WHERE USER_ID = (SELECT MAX(USER_ID) FROM LOYALTY.DELIVERED_MEMBER) RETURNING 1");
        const string Joining =
            "USER_ID = (SELECT MIN(USER_ID) FROM LOYALTY.MASTER WHERE ENGAGEMENT_SEGMENT = 'Engaged' AND MARKETING_CONSENT AND ACCOUNT_STATUS = 'active')";
        _session.Query($"DELETE FROM DW_A.ENGAGEMENT_SCORE WHERE {Joining} RETURNING 1");
        _session.Query(
            $"INSERT INTO DW_A.ENGAGEMENT_SCORE SELECT USER_ID, '2026-06-29', 100 FROM LOYALTY.MASTER WHERE {Joining} RETURNING 1");
        _session.Run("$null = Invoke-LoyaltyMerge 2026-06-30 -Force -WarningAction SilentlyContinue").Succeeded();
        dynamic diff = One($"{Deliver} -Mode Diff");
        dynamic full = One("Export-EngagementSegment Marketing -Destination full -Compression None");

        Assert.Equal((string)first.DeliveryId, (string)diff.BaseDeliveryId);
        Assert.True(diff.Added >= 1 && diff.Changed >= 1 && diff.Removed >= 1, $"{diff.Added} {diff.Changed} {diff.Removed}");
        Assert.Equal((long)full.Rows, (long)first.Rows + (long)diff.Added - (long)diff.Removed);
        Assert.Equal(Rows((string)full.Manifest), Patch(Rows((string)first.Manifest), Rows((string)diff.Manifest)));
        Assert.All(
            _session.Run("(Get-SegmentDelivery | Test-SegmentDelivery).Passed").Succeeded().Output, passed => Assert.Equal(true, passed));
        Assert.Equal(
            ["Deliver", "Deliver", "Deliver", "Deliver"],
            _session.Run("(Get-LoyaltyRun -Kind Deliver).ForEach{ \"$($_.Kind)\" }").Succeeded().Output);
        Assert.Equal(
            [(string)full.DeliveryId, (string)diff.DeliveryId, (string)first.DeliveryId],
            _session.Run("(Get-SegmentDelivery).DeliveryId").Succeeded().Output);
    }

    // Lines by user; no sample has a line break in a value.
    private static List<string> Rows(string manifest) =>
        [.. Directory.GetFiles(Path.GetDirectoryName(manifest)!, "part-*").Order(StringComparer.Ordinal)
            .SelectMany(file => File.ReadLines(file).Skip(1))];

    private static List<string> Patch(List<string> rows, List<string> changes)
    {
        var users = rows.ToDictionary(row => long.Parse(row.Split(',')[0], null), row => row);
        foreach (var parts in changes.Select(change => change.Split(',', 3)))
        {
            if (parts[0] == "removed")
                Assert.True(users.Remove(long.Parse(parts[1], null)));
            else
                users[long.Parse(parts[1], null)] = $"{parts[1]},{parts[2]}";
        }

        return [.. users.OrderBy(user => user.Key).Select(user => user.Value)];
    }

    private object One(string script) => Assert.Single(_session.Run(script).Succeeded().Output);
}
