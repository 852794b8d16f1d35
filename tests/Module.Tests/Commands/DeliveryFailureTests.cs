using System.Management.Automation;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>Each failure of deliveries that needs no S3 server: its id, category, target and remedy, and that nothing was sent.</summary>
public sealed class DeliveryFailureTests
{
    private const string Deliver = "Export-EngagementSegment Marketing -Destination drop";

    [Theory]
    [InlineData("Export-EngagementSegment", "ConsumerUnknown", ErrorCategory.ObjectNotFound, null)]
    [InlineData("Export-EngagementSegment Sales -Destination drop", "ConsumerUnknown", ErrorCategory.ObjectNotFound, "Sales")]
    [InlineData(
        "Export-EngagementSegment ../Sales -Segment Engaged -Destination drop", "ConsumerUnknown", ErrorCategory.ObjectNotFound,
        "../Sales")]
    [InlineData("Export-EngagementSegment Marketing", "DestinationInvalid", ErrorCategory.InvalidArgument, "Marketing")]
    [InlineData("Export-EngagementSegment -Segment Engaged", "DestinationInvalid", ErrorCategory.InvalidArgument, "AdHoc")]
    [InlineData(
        "Clear-SegmentDelivery Marketing -OlderThan 2100-01-01 -Confirm:$false", "DestinationInvalid", ErrorCategory.InvalidArgument,
        "Marketing")]
    [InlineData("Export-EngagementSegment Marketing -Destination s3://", "DestinationInvalid", ErrorCategory.InvalidArgument, null)]
    [InlineData(
        "Export-EngagementSegment Marketing -Destination Env:PATH", "DestinationInvalid", ErrorCategory.InvalidArgument, "Env:PATH")]
    [InlineData($"{Deliver} -AsOf 2026-06-01", "DayNotWritten", ErrorCategory.ObjectNotFound, null)]
    [InlineData($"{Deliver} -Column USER_ID, SHOE_SIZE", "ColumnUnknown", ErrorCategory.ObjectNotFound, "SHOE_SIZE")]
    [InlineData($"{Deliver} -Column EMAIL", "DeliveryInvalid", ErrorCategory.InvalidArgument, "Marketing")]
    [InlineData(
        "Export-EngagementSegment Marketing -Destination s3://bucket -Profile no-such-profile", "DestinationCredentialsMissing",
        ErrorCategory.PermissionDenied, "no-such-profile")]
    public void A_delivery_that_cannot_be_is_refused(string command, string id, ErrorCategory category, string? target)
    {
        using var session = SampleWarehouse.OpenMerged();
        var before = session.ContentWithoutLogs();

        AssertError(session.Run(command), id, category, target);

        Assert.Equal(before, session.ContentWithoutLogs());
        Assert.False(Directory.Exists(session.PathOf("drop")));
    }

    [Fact]
    public void A_destination_that_is_a_file_or_below_one_is_invalid()
    {
        using var session = SampleWarehouse.OpenMerged();
        File.WriteAllText(session.PathOf("file"), "x");

        AssertError(
            session.Run("Export-EngagementSegment Marketing -Destination file"), "DestinationInvalid", ErrorCategory.InvalidArgument,
            session.PathOf("file"));
        AssertError(
            session.Run("Export-EngagementSegment Marketing -Destination file/below"), "DestinationInvalid", ErrorCategory.InvalidArgument,
            session.PathOf("file/below"));
    }

    [Fact]
    public void A_salt_that_is_not_set_is_missing()
    {
        using var session = SampleWarehouse.OpenMerged();
        File.WriteAllText(
            session.PathOf("pipeline.yml"), "consumers:\n  Marketing:\n    redaction: {salt_variable: LOYALTY_TEST_NO_SALT}\n");

        AssertError(session.Run(Deliver), "SaltMissing", ErrorCategory.ObjectNotFound, "LOYALTY_TEST_NO_SALT");
        Assert.False(Directory.Exists(session.PathOf("drop")));
    }

    [Fact]
    public void A_consumer_that_is_configured_wrong_is_named_with_its_line()
    {
        using var session = SampleWarehouse.OpenMerged();
        File.WriteAllText(session.PathOf("pipeline.yml"), "consumers:\n  Marketing:\n    columns: [USER_ID, SHOE_SIZE]\n");

        var result = session.Run(Deliver);

        Assert.Equal("ConfigInvalid", result.ErrorId);
        Assert.Contains("line 3", result.Error.Exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_guard_stops_a_delivery_and_Force_lets_it_pass_and_is_recorded()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run($"$null = {Deliver}").Succeeded();
        session.Query("INSERT INTO LOYALTY.SUPPRESSION (USER_ID) SELECT USER_ID FROM LOYALTY.MASTER RETURNING USER_ID");
        var drop = FolderContent.Of(session.PathOf("drop"));

        AssertError(session.Run(Deliver), "GuardTripped", ErrorCategory.InvalidData, "Marketing");
        Assert.Equal(drop, FolderContent.Of(session.PathOf("drop")));
        dynamic refused = Assert.Single(session.Run("Get-LoyaltyRun -Kind Deliver -Status Refused").Succeeded().Output);
        Assert.Equal("GuardTripped", (string)refused.ErrorId);

        var forced = session.Run($"{Deliver} -Force").Succeeded();
        dynamic done = Assert.Single(forced.Output);
        Assert.Equal(
            ("Published", 0L, 0), ((string)$"{done.Outcome}", (long)done.Rows, ((System.Collections.ICollection)done.Files).Count));
        Assert.Contains(forced.Warnings, text => text.StartsWith("Forced past a guard: ", StringComparison.Ordinal));
        dynamic delivery = Assert.Single(session.Run("Get-SegmentDelivery -Last 1").Succeeded().Output);
        Assert.True(delivery.Forced);
        Assert.StartsWith("AudienceEmpty", (string)delivery.Guards, StringComparison.Ordinal);
        Assert.All(
            session.Run("(Get-SegmentDelivery -Last 1 | Test-SegmentDelivery).Passed").Succeeded().Output,
            passed => Assert.Equal(true, passed));
    }

    [Fact]
    public void A_diff_of_an_earlier_day_is_invalid()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run($"$null = {Deliver}; $null = Invoke-LoyaltyMerge 2026-06-29 -Force -WarningAction SilentlyContinue").Succeeded();

        AssertError(
            session.Run($"{Deliver} -Mode Diff -AsOf 2026-06-29"), "DeliveryInvalid", ErrorCategory.InvalidArgument,
            new DateTime(2026, 6, 29));
        dynamic earlier = Assert.Single(session.Run($"{Deliver} -AsOf 2026-06-29").Succeeded().Output);
        Assert.True(earlier.IsBackfill);
    }

    [Fact]
    public void A_delivery_that_is_not_there_is_not_found_and_a_manifest_that_is_no_such_thing_is_invalid()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run($"$d = {Deliver}").Succeeded();
        var manifest = Directory.GetFiles(session.PathOf("drop"), "manifest.json", SearchOption.AllDirectories)[0];

        AssertError(
            session.Run("Test-SegmentDelivery nowhere"), "DeliveryNotFound", ErrorCategory.ObjectNotFound, session.PathOf("nowhere"));
        AssertError(
            session.Run("Test-SegmentDelivery drop/Marketing/manifest.json"), "DeliveryNotFound", ErrorCategory.ObjectNotFound,
            session.PathOf("drop/Marketing/manifest.json"));
        File.WriteAllText(manifest, "{\"rows\": 1}");
        AssertError(session.Run("$d | Test-SegmentDelivery"), "ManifestInvalid", ErrorCategory.InvalidData, manifest);
        AssertError(
            session.Run("Test-SegmentDelivery drop/Marketing/HighlyEngaged"), "ManifestInvalid", ErrorCategory.InvalidData, manifest);
        File.Delete(manifest);
        AssertError(
            session.Run("Test-SegmentDelivery drop/Marketing/HighlyEngaged/latest.json"), "DeliveryNotFound", ErrorCategory.ObjectNotFound,
            session.PathOf("drop/Marketing/HighlyEngaged/latest.json"));
    }

    [Fact]
    public void Deliveries_after_one_that_is_gone_are_verified_all_the_same()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run($"$d = {Deliver}; $e = {Deliver} -Segment LowEngagement").Succeeded();
        Directory.Delete(
            Path.GetDirectoryName(
                Directory.GetFiles(session.PathOf("drop/Marketing/HighlyEngaged"), "manifest.json", SearchOption.AllDirectories)[0])!,
                recursive: true);

        var result = session.Run("$ErrorActionPreference = 'Continue'; ($d, $e | Test-SegmentDelivery).Passed");

        Assert.Equal("DeliveryNotFound", Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(8, result.Output.Count);
        Assert.All(result.Output, passed => Assert.Equal(true, passed));
    }

    [Fact]
    public void Quiet_is_one_Boolean_whatever_was_piped()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run($"$d = {Deliver} -Compression None; $e = {Deliver} -Segment LowEngagement").Succeeded();
        object Quiet(string piped) => Assert.Single(session.Run($"{piped} | Test-SegmentDelivery -Quiet").Succeeded().Output);

        Assert.Equal(true, Quiet("$d, $e"));
        Assert.Equal(false, Quiet("@()"));
        var gone = session.Run("$ErrorActionPreference = 'Continue'; 'nowhere', $d.Manifest, $e.Manifest | Test-SegmentDelivery -Quiet");
        Assert.Equal("DeliveryNotFound", gone.ErrorId);
        Assert.Equal([false], gone.Output);
        File.AppendAllText(
            Directory.GetFiles(session.PathOf("drop/Marketing/HighlyEngaged"), "part-*", SearchOption.AllDirectories)[0], "1\n");
        Assert.Equal(false, Quiet("$d, $e"));
        Assert.Equal(true, Quiet("$e"));
    }

    [Fact]
    public void A_delivery_that_was_changed_is_no_error_but_a_check_that_failed()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run($"$null = {Deliver} -Compression None").Succeeded();
        var file = Directory.GetFiles(session.PathOf("drop"), "part-*", SearchOption.AllDirectories)[0];
        File.AppendAllText(file, "1\n");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(file)!, "note.txt"), "x");

        var failed =
            session.Run("(Get-SegmentDelivery | Test-SegmentDelivery).Where{ -not $_.Passed }.ForEach{ $_.Check }").Succeeded().Output;

        Assert.Equal(["Files", "Size", "Sha256"], failed.Take(3));
    }

    private static void AssertError(ScriptResult result, string id, ErrorCategory category, object? target)
    {
        Assert.Equal(id, result.ErrorId);
        Assert.Equal(category, result.Error.CategoryInfo.Category);
        if (target is not null)
            Assert.Equal(target, result.Error.TargetObject);
        Assert.NotEmpty(result.Error.ErrorDetails.RecommendedAction);
    }
}
