using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>-WhatIf of deliveries: the warehouse and the destination stay as they are, and what it says is what is then done.</summary>
public sealed class DeliveryWhatIfTests
{
    private const string Deliver = "Export-EngagementSegment Marketing -Destination drop";

    private const string Clear = "Clear-SegmentDelivery Marketing -Destination drop -OlderThan 2100-01-01";

    private const string Facts = ".ForEach{ \"$($_.DeliveryId) $($_.Consumer) $($_.Segment) $($_.Mode) $($_.RunDate) $($_.Manifest) $($_.BaseDeliveryId) $($_.IsBackfill) "
        + "$($_.Audience) $($_.Rows) $($_.Added) $($_.Changed) $($_.Removed) $($_.LeftOut)\" }";

    [Theory]
    [InlineData(Deliver)]
    [InlineData($"{Deliver} -Format Parquet -Compression Zstd")]
    [InlineData($"{Deliver} -Mode Diff")]
    public void A_delivery_is_planned_as_it_is_then_done(string command)
    {
        using var session = SampleWarehouse.OpenMerged();

        AssertPlan(session, command);
    }

    [Theory]
    [InlineData("-Destination bi", true)]
    [InlineData("-Path bi/RUN_HEALTH.parquet", true)]
    [InlineData("-Destination .", false)]
    public void A_plan_of_an_extract_names_the_file_and_the_folder_that_is_made(string arguments, bool makesFolder)
    {
        using var session = SampleWarehouse.OpenMerged();
        var folder = makesFolder ? session.PathOf("bi") : session.Folder;

        var plan = session.Run($"Export-LoyaltyExtract RUN_HEALTH {arguments} -WhatIf").Succeeded();

        Assert.Contains($" to {Path.Combine(folder, "RUN_HEALTH.parquet")}", plan.HostText, StringComparison.Ordinal);
        Assert.Equal(makesFolder, plan.HostText.Contains($"make the folder {folder}, which does not exist", StringComparison.Ordinal));
        Assert.False(Directory.Exists(session.PathOf("bi")));
        Assert.Equal(
            ["True"],
            session.Run($"(Export-LoyaltyExtract RUN_HEALTH {arguments}).Applied").Succeeded().Output.Select(applied => $"{applied}"));
        Assert.True(File.Exists(Path.Combine(folder, "RUN_HEALTH.parquet")));
    }

    [Fact]
    public void A_second_delivery_is_planned_as_it_is_then_done()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run($"$null = {Deliver}").Succeeded();
        session.Query(
            "UPDATE LOYALTY.MASTER SET PURCHASES_30D = PURCHASES_30D + 1 WHERE ENGAGEMENT_SEGMENT = 'Highly Engaged' AND MARKETING_CONSENT AND ACCOUNT_STATUS = 'active' RETURNING USER_ID");
        session.Query(
            "INSERT INTO LOYALTY.SUPPRESSION (USER_ID) SELECT MIN(USER_ID) FROM LOYALTY.MASTER WHERE ENGAGEMENT_SEGMENT = 'Highly Engaged' AND MARKETING_CONSENT AND ACCOUNT_STATUS = 'active' RETURNING USER_ID");

        dynamic done = AssertPlan(session, $"{Deliver} -Mode Diff");

        Assert.Equal((0L, 1L), ((long)done.Added, (long)done.Removed));
        Assert.Contains("1 Suppressed", (string)$"{done.LeftOut}", StringComparison.Ordinal);
        Assert.Equal((long)done.Audience, (long)done.Changed);
    }

    [Fact]
    public void A_plan_says_how_much_would_go_where_and_which_guards_would_trip()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run($"$null = {Deliver}").Succeeded();
        session.Query("INSERT INTO LOYALTY.SUPPRESSION (USER_ID) SELECT USER_ID FROM LOYALTY.MASTER RETURNING USER_ID");

        var none = Assert.Single(session.Run($"{Deliver} -WhatIf").Succeeded().Output);
        var low = Assert.Single(session.Run($"{Deliver} -Segment LowEngagement -WhatIf").Succeeded().Output);

        Assert.Equal(["AudienceEmpty"], Guards(none));
        Assert.Equal(("Planned", 0L, 0L), ($"{((dynamic)none).Outcome}", (long)((dynamic)none).Rows, (long)((dynamic)none).Bytes));
        Assert.Empty(Guards(low));
        session.Query("DELETE FROM LOYALTY.SUPPRESSION RETURNING 1");
        dynamic sent = Assert.Single(session.Run($"{Deliver} -Segment LowEngagement -WhatIf").Succeeded().Output);
        Assert.StartsWith(
            session.PathOf("drop/Marketing/LowEngagement/run_date=2026-06-30/"), (string)sent.Manifest, StringComparison.Ordinal);
        Assert.True(sent.Rows > 0 && sent.Bytes > 0);
    }

    [Fact]
    public void A_clearing_is_planned_as_it_is_then_done()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run($"$null = {Deliver}; $null = {Deliver} -Column USER_ID, ENGAGEMENT_SCORE; $null = {Deliver} -Column USER_ID")
            .Succeeded();
        var (content, drop) = (session.Content(), FolderContent.Of(session.PathOf("drop")));

        var planned = session.Run($"$plan = @({Clear} -WhatIf); $plan").Succeeded();

        Assert.Equal(2, planned.Output.Count);
        Assert.All(planned.Output, cleared => Assert.False((bool)((dynamic)cleared).Removed));
        Assert.Equal(content, session.Content());
        Assert.Equal(drop, FolderContent.Of(session.PathOf("drop")));
        var places = session.Run($"$plan.Location; ({Clear} -Confirm:$false).Location").Succeeded().Output;
        Assert.Equal(places.Take(2), places.Skip(2));
        Assert.All(places, place => Assert.False(Directory.Exists((string)place)));
        Assert.Equal(["Cleared", "Cleared", "Published"], session.Query("SELECT STATUS FROM LOYALTY.DELIVERY ORDER BY SEQUENCE_NUMBER"));
    }

    [Theory]
    [InlineData(Deliver)]
    [InlineData(Clear)]
    public void The_preference_of_the_session_counts_like_the_switch(string command)
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run($"$null = {Deliver} -Column USER_ID; $null = {Deliver} -Column USER_ID, ENGAGEMENT_SCORE").Succeeded();
        var (content, drop) = (session.Content(), FolderContent.Of(session.PathOf("drop")));

        session.Run($"$WhatIfPreference = $true; {command}").Succeeded();
        Assert.Equal(content, session.Content());
        Assert.Equal(drop, FolderContent.Of(session.PathOf("drop")));

        session.Run($"{command} -WhatIf:$false -Confirm:$false").Succeeded();
        Assert.NotEqual(drop, FolderContent.Of(session.PathOf("drop")));
    }

    private static List<string> Guards(object planned) =>
        [.. ((System.Collections.IEnumerable)((dynamic)planned).Guards).Cast<object>().Select(guard => (string)((dynamic)guard).Name)];

    private static object AssertPlan(ModuleRunspace session, string command)
    {
        var (content, drop) = (session.Content(), FolderContent.Of(session.PathOf("drop")));

        var planned = session.Run($"$plan = @({command} -WhatIf); $plan.Outcome; $plan{Facts}").Succeeded();

        Assert.Equal(content, session.Content());
        Assert.Equal(drop, FolderContent.Of(session.PathOf("drop")));
        Assert.Contains("What if: ", planned.HostText, StringComparison.Ordinal);
        Assert.Equal("Planned", $"{planned.Output[0]}");
        var done = session.Run($"$done = @({command}); $done.Outcome; $done{Facts}; $done").Succeeded().Output;
        Assert.Equal("Published", $"{done[0]}");
        Assert.Equal(planned.Output[1], done[1]);
        Assert.True(((dynamic)done[2]).Rows > 0);
        return done[2];
    }
}
