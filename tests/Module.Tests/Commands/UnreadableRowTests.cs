using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>A row of a log that is not as it must be is an error after which what reads the log goes on.</summary>
public sealed class UnreadableRowTests
{
    [Fact]
    public void The_bad_row_is_an_error_and_the_others_come()
    {
        using var session = SampleWarehouse.OpenSampled();
        session.Run($"$null = Invoke-LoyaltyMerge ([DateOnly]'{SampleWarehouse.Day}').AddDays(-1) -Force; $null = Invoke-LoyaltyMerge {SampleWarehouse.Day} -Force; $null = Export-EngagementSegment CustomerSuccess -Destination drop; $null = Export-EngagementSegment Marketing -Destination drop -Force").Succeeded();
        var (runs, deliveries) = (session.Run("Get-LoyaltyRun").Succeeded().Output.Count, session.Run("Get-SegmentDelivery").Succeeded().Output.Count);
        session.Query("INSERT INTO LOYALTY.QUARANTINE (RUN_ID, SOURCE_TABLE, RULE, DETAIL) SELECT MAX(RUN_ID), 'DW_A.USER_PROFILE', 'type', 'one' FROM LOYALTY.RUN UNION ALL SELECT MAX(RUN_ID), 'DW_A.USER_PROFILE', 'type', NULL FROM LOYALTY.RUN RETURNING 1");
        var quarantined = int.Parse(session.Query("SELECT COUNT(*) FROM LOYALTY.QUARANTINE")[0], System.Globalization.CultureInfo.InvariantCulture);
        var adoption = session.Run("Get-FeatureAdoption").Succeeded().Output.Count;
        session.Query("UPDATE LOYALTY.RUN SET STATUS = 'Splendid' WHERE rowid = (SELECT MAX(rowid) FROM LOYALTY.RUN) RETURNING 1");
        session.Query("UPDATE LOYALTY.DELIVERY SET AUDIENCE = NULL WHERE rowid = (SELECT MAX(rowid) FROM LOYALTY.DELIVERY) RETURNING 1");
        session.Query("UPDATE LOYALTY.ADOPTION SET USERS = NULL WHERE rowid = (SELECT MAX(rowid) FROM LOYALTY.ADOPTION) RETURNING 1");

        AssertOneLess(session.Run("Get-LoyaltyRun"), runs, "LOYALTY.RUN");
        AssertOneLess(session.Run("Get-SegmentDelivery"), deliveries, "LOYALTY.DELIVERY");
        AssertOneLess(session.Run("Get-LoyaltyQuarantine"), quarantined, "LOYALTY.QUARANTINE");
        AssertOneLess(session.Run("Get-FeatureAdoption"), adoption, "LOYALTY.FEATURE_ADOPTION_TREND");
        Assert.Null(session.Run("$results = Test-PipelineIntegrity -IncludeDeliveries; Export-PipelineDashboard page.html").TerminatingError);
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
