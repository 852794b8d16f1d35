using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>A row of a log that is not as it must be is an error after which what reads the log goes on.</summary>
public sealed class UnreadableRowTests
{
    [Fact]
    public void The_bad_row_is_an_error_and_the_others_come()
    {
        using var session = SampleWarehouse.OpenSampled();
        session.Run(
            $"$null = Invoke-LoyaltyMerge ([DateOnly]'{SampleWarehouse.Day}').AddDays(-1) -Force; $null = Invoke-LoyaltyMerge {SampleWarehouse.Day} -Force; $null = Export-EngagementSegment CustomerSuccess -Destination drop; $null = Export-EngagementSegment Marketing -Destination drop -Force").Succeeded();
        var (runs, deliveries) = (
            session.Run("Get-LoyaltyRun").Succeeded().Output.Count, session.Run("Get-SegmentDelivery").Succeeded().Output.Count);
        session.Query(
            "INSERT INTO LOYALTY.QUARANTINE (RUN_ID, SOURCE_TABLE, RULE, DETAIL) SELECT MAX(RUN_ID), 'DW_A.USER_PROFILE', 'type', 'one' FROM LOYALTY.RUN UNION ALL SELECT MAX(RUN_ID), 'DW_A.USER_PROFILE', 'type', NULL FROM LOYALTY.RUN RETURNING 1");
        var quarantined = int.Parse(
            session.Query("SELECT COUNT(*) FROM LOYALTY.QUARANTINE")[0], System.Globalization.CultureInfo.InvariantCulture);
        var adoption = session.Run("Get-FeatureAdoption").Succeeded().Output.Count;
        session.Query("UPDATE LOYALTY.RUN SET STATUS = 'Splendid' WHERE rowid = (SELECT MAX(rowid) FROM LOYALTY.RUN) RETURNING 1");
        session.Query("UPDATE LOYALTY.DELIVERY SET AUDIENCE = NULL WHERE rowid = (SELECT MAX(rowid) FROM LOYALTY.DELIVERY) RETURNING 1");
        session.Query("UPDATE LOYALTY.ADOPTION SET USERS = NULL WHERE rowid = (SELECT MAX(rowid) FROM LOYALTY.ADOPTION) RETURNING 1");

        AssertOneLess(session.Run("Get-LoyaltyRun"), runs, "LOYALTY.RUN");
        AssertOneLess(session.Run("Get-SegmentDelivery"), deliveries, "LOYALTY.DELIVERY");
        AssertOneLess(session.Run("Get-LoyaltyQuarantine"), quarantined, "LOYALTY.QUARANTINE");
        AssertOneLess(session.Run("Get-FeatureAdoption"), adoption, "LOYALTY.FEATURE_ADOPTION_TREND");
        Assert.Null(
            session.Run("$results = Test-PipelineIntegrity -IncludeDeliveries; Export-PipelineDashboard page.html").TerminatingError);
    }

    [Theory]
    [InlineData(
        "UPDATE LOYALTY.HISTORY SET VALID_FROM = '-infinity' WHERE USER_ID = 3 RETURNING 1", "Get-LoyaltyHistory -UserId 3",
        "LOYALTY.HISTORY with USER_ID 3, VALID_FROM -infinity has a VALID_FROM")]
    [InlineData(
        "UPDATE LOYALTY.SNAPSHOT SET SNAPSHOT_DATE = 'infinity' RETURNING 1", "Export-EngagementSegment CustomerSuccess -Destination drop",
        "LOYALTY.SNAPSHOT with SNAPSHOT_DATE infinity has a SNAPSHOT_DATE")]
    [InlineData(
        "UPDATE LOYALTY.SNAPSHOT SET SNAPSHOT_DATE = 'infinity' RETURNING 1", "Get-FeatureAdoption",
        "LOYALTY.SNAPSHOT with SNAPSHOT_DATE infinity has a SNAPSHOT_DATE")]
    [InlineData(
        "UPDATE LOYALTY.SNAPSHOT SET SNAPSHOT_DATE = '-infinity' RETURNING 1", "Get-LoyaltyHistory -AsOf 2026-06-30",
        "LOYALTY.SNAPSHOT with SNAPSHOT_DATE -infinity has a SNAPSHOT_DATE")]
    public void A_day_that_no_calendar_has_is_named_with_its_row(string fault, string command, string said)
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Query(fault);

        var result = session.Run(command);

        Assert.Equal("LogRowUnreadable", result.ErrorId);
        Assert.Contains(said, result.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_days_where_one_is_wanted_are_said_to_be_two()
    {
        using var session = SampleWarehouse.OpenMerged();

        Assert.Contains(
            "One day is wanted, and 2 were given",
            session.Run("Invoke-LoyaltyMerge -RunDate 2026-06-29, 2026-06-30").Error.Exception.Message, StringComparison.Ordinal);
        session.Run("$null = Invoke-LoyaltyMerge -RunDate @('2026-06-30') -WhatIf").Succeeded();
    }

    private static void AssertOneLess(ScriptResult result, int before, string table)
    {
        Assert.Null(result.TerminatingError);
        Assert.Equal(before - 1, result.Output.Count);
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("LogRowUnreadable", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(table, error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }
}
