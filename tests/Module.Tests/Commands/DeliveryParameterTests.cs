using System.Management.Automation;
using System.Reflection;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>What the parameters of deliveries take, offer and refuse, and what comes through the pipeline.</summary>
public sealed class DeliveryParameterTests
{
    private const string Config = """
        consumers:
          Partner:
            segment: Engaged
            destination: partner-drop
            format: JsonLines
            compression: None
            columns: [USER_ID, ENGAGEMENT_*]
        """;

    private static readonly string[] S3 = ["ChecksumMode", "Encryption", "EndpointUrl", "KmsKeyId", "PathStyle", "Profile", "Region", "Tag"];

    [Fact]
    public void Values_are_offered()
    {
        (string Line, string Offered)[] expected =
        [
            ("Export-EngagementSegment ", "CustomerSuccess Marketing"),
            ("Export-EngagementSegment -Consumer m", "Marketing"),
            ("Get-SegmentDelivery ", "CustomerSuccess Marketing"),
            ("Clear-SegmentDelivery -Consumer ", "CustomerSuccess Marketing"),
            ("Export-EngagementSegment -Config own.yml -Consumer ", "CustomerSuccess Marketing Partner"),
            ("Export-EngagementSegment -Segment ", "Engaged HighlyEngaged LowEngagement Unscored"),
            ("Export-EngagementSegment -Format ", "Csv JsonLines Parquet"),
            ("Export-EngagementSegment -Compression ", "Gzip None Zstd"),
            ("Export-EngagementSegment -Mode ", "Diff Full"),
            ("Export-EngagementSegment -Column ENGAGEMENT_", "ENGAGEMENT_SCORE ENGAGEMENT_SCORE_DATE ENGAGEMENT_SEGMENT"),
            ("Get-SegmentDelivery -Status ", "Cleared Failed Published Started"),
            ("Export-EngagementSegment -ChecksumMode ", "WhenRequired WhenSupported"),
            ("Test-SegmentDelivery x -Encryption ", "BucketDefault Kms S3"),
        ];
        using var session = new ModuleRunspace();
        File.WriteAllText(session.PathOf("own.yml"), Config);

        Assert.All(expected, pair => Assert.Equal(pair.Offered, string.Join(' ', Offered(session, pair.Line))));
        File.Move(session.PathOf("own.yml"), session.PathOf("pipeline.yml"));
        Assert.Equal(["CustomerSuccess", "Marketing", "Partner"], Offered(session, "Export-EngagementSegment "));
        Assert.Equal(7, Offered(session, "Export-EngagementSegment -AsOf ").Count);
        Assert.Equal(7, Offered(session, "Clear-SegmentDelivery Marketing -OlderThan ").Count);
    }

    [Fact]
    public void A_consumer_of_the_configuration_is_delivered_as_it_says()
    {
        using var session = SampleWarehouse.OpenMerged();
        File.WriteAllText(session.PathOf("pipeline.yml"), Config);

        dynamic delivery = Assert.Single(session.Run("Export-EngagementSegment partner").Succeeded().Output);

        Assert.Equal(("Partner", "Engaged"), ((string)delivery.Consumer, (string)$"{delivery.Segment}"));
        Assert.StartsWith(session.PathOf("partner-drop/Partner/Engaged/run_date=2026-06-30/"), (string)delivery.Manifest, StringComparison.Ordinal);
        var file = Assert.Single(Directory.GetFiles(session.PathOf("partner-drop"), "part-*", SearchOption.AllDirectories));
        Assert.EndsWith("part-00001.jsonl", file, StringComparison.Ordinal);
        Assert.Matches("^\\{\"USER_ID\":[0-9]+,\"ENGAGEMENT_SCORE\":[0-9.]+,\"ENGAGEMENT_SCORE_DATE\":\"2026-", File.ReadLines(file).First());
    }

    [Theory]
    [InlineData("-AsOf 2026-06-30")]
    [InlineData("-AsOf ([datetime]'2026-06-30')")]
    [InlineData("-AsOf ([System.DateOnly]::new(2026, 6, 30))")]
    [InlineData("-AsOf 2026-07-15")]
    [InlineData("")]
    public void A_day_is_named_in_every_way(string day)
    {
        using var session = SampleWarehouse.OpenMerged();

        Assert.Equal([new DateTime(2026, 6, 30)], session.Run($"(Export-EngagementSegment Marketing -Destination drop {day}).RunDate").Succeeded().Output);
        Assert.Empty(session.Run("Clear-SegmentDelivery Marketing -Destination drop -OlderThan ([datetime]::UtcNow.AddDays(-90)) -UnfinishedFor 12:00:00 -Confirm:$false").Succeeded().Output);
    }

    [Fact]
    public void What_cannot_be_is_refused_before_anything_is_done()
    {
        string[] commands =
        [
            "Export-EngagementSegment ''",
            "Export-EngagementSegment Marketing -Destination ''",
            "Export-EngagementSegment Marketing -Segment Best",
            "Export-EngagementSegment Marketing -Format Xlsx",
            "Export-EngagementSegment Marketing -Compression Rar",
            "Export-EngagementSegment Marketing -Mode Partly",
            "Export-EngagementSegment Marketing -Column ''",
            "Export-EngagementSegment Marketing -AsOf 30.06.2026",
            "Export-EngagementSegment Marketing -AsOf ''",
            "Export-EngagementSegment Marketing -Tag marketing",
            "Export-EngagementSegment Marketing -Tag $null",
            "Export-EngagementSegment Marketing -EndpointUrl $null",
            "Export-EngagementSegment Marketing -ChecksumMode Never",
            "Export-EngagementSegment Marketing -Encryption Rot13",
            "Export-EngagementSegment Marketing -Profile ''",
            "Clear-SegmentDelivery Marketing -OlderThan yesterday",
            "Clear-SegmentDelivery Marketing -OlderThan ''",
            "Clear-SegmentDelivery Marketing -OlderThan 2026-01-01 -UnfinishedFor soon",
            "Get-SegmentDelivery -Last 0",
            "Get-SegmentDelivery -Status Sent",
            "Test-SegmentDelivery ''",
        ];
        using var session = SampleWarehouse.OpenMerged();

        Assert.All(commands, command => Assert.Contains("ParameterBinding", session.Run(command).Error.Exception.GetType().Name, StringComparison.Ordinal));
        Assert.Empty(session.Run("Get-SegmentDelivery").Succeeded().Output);
    }

    [Fact]
    public void A_stage_is_refused_where_there_is_none_and_can_be_left_out()
    {
        using var session = SampleWarehouse.OpenMerged();
        File.WriteAllText(session.PathOf("pipeline.yml"), Config.Replace("format: JsonLines", "stage: '@PARTNER_STAGE'", StringComparison.Ordinal));

        Assert.Equal("StageInvalid", session.Run("Export-EngagementSegment Partner").ErrorId);
        Assert.Equal("StageInvalid", session.Run("Export-EngagementSegment Partner -WhatIf").ErrorId);
        Assert.Equal("StageInvalid", session.Run("Export-EngagementSegment Marketing -Destination drop -Stage '@~/mine'").ErrorId);
        Assert.Single(session.Run("Export-EngagementSegment Partner -Stage ''").Succeeded().Output);
        File.WriteAllText(session.PathOf("other.yml"), Config.Replace("format: JsonLines", "stage: PARTNER_STAGE", StringComparison.Ordinal));
        Assert.Equal("ConfigInvalid", session.Run("Export-EngagementSegment Partner -Config other.yml").ErrorId);
    }

    [Theory]
    [InlineData("Export-EngagementSegment")]
    [InlineData("Test-SegmentDelivery")]
    [InlineData("Clear-SegmentDelivery")]
    public void The_parameters_of_S3_are_shown_with_the_others(string name)
    {
        using var session = new ModuleRunspace();

        var shown = session.Run($"(Get-Command {name}).Parameters.Keys; (Get-Command {name} -Syntax); (Get-Help {name} -Parameter Tag).Name").Succeeded().Output.Cast<string>().ToList();

        Assert.All(S3, parameter => Assert.Contains(parameter, shown));
        Assert.All(S3, parameter => Assert.Contains($"[-{parameter} ", shown[^2], StringComparison.Ordinal));
        Assert.Equal("Tag", shown[^1]);
        Assert.DoesNotContain(shown, parameter => parameter.Contains("Secret", StringComparison.OrdinalIgnoreCase) || parameter.Contains("AccessKey", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Tags_are_a_table_whose_values_become_text()
    {
        using var session = SampleWarehouse.OpenMerged();
        // A folder has no use for tags and takes them nevertheless: the same line serves both.
        session.Run("$null = Export-EngagementSegment Marketing -Destination drop -Tag @{ team = 'marketing'; cost = 5 } -Region eu-central-1 -PathStyle $true").Succeeded();

        var cmdlet = Assert.IsAssignableFrom<CmdletInfo>(Assert.Single(session.Run("Get-Command Export-EngagementSegment").Succeeded().Output));
        using var instance = (IDisposable)Activator.CreateInstance(cmdlet.ImplementingType)!;
        var parameters = ((IDynamicParameters)instance).GetDynamicParameters()!;
        parameters.GetType().GetProperty("Tag")!.SetValue(parameters, new System.Collections.Hashtable { ["team"] = "marketing", ["cost"] = 5.5 });
        var over = parameters.GetType().GetMethod("Over", BindingFlags.Instance | BindingFlags.NonPublic)!;
        dynamic settings = over.Invoke(parameters, [Activator.CreateInstance(over.GetParameters()[0].ParameterType)])!;

        var tags = (IReadOnlyDictionary<string, string>)settings.Tags;
        Assert.Equal(new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "marketing", ["cost"] = "5.5" }, tags);
    }

    [Fact]
    public void Encryption_that_no_one_would_do_is_refused()
    {
        using var session = SampleWarehouse.OpenMerged();

        Assert.Equal("DestinationInvalid", session.Run("Export-EngagementSegment Marketing -Destination drop -Encryption Kms").ErrorId);
        Assert.Equal("DestinationInvalid", session.Run("Export-EngagementSegment Marketing -Destination drop -KmsKeyId alias/mine -WhatIf").ErrorId);
        Assert.Equal("DestinationInvalid", session.Run("Export-EngagementSegment Marketing -Destination s3://drop -KmsKeyId alias/mine -WhatIf").ErrorId);
        Assert.False(Directory.Exists(session.PathOf("drop")));
    }

    [Fact]
    public void Consumers_that_nobody_knows_are_told_of()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run("$null = Export-EngagementSegment Adhoc1 -Segment Engaged -Destination drop").Succeeded();

        foreach (var command in (string[])["Get-SegmentDelivery Marketng", "Clear-SegmentDelivery Marketng -Destination drop -OlderThan 2020-01-01 -Confirm:$false", "Clear-SegmentDelivery Marketng -Destination drop -OlderThan 2020-01-01 -WhatIf", "Clear-SegmentDelivery Marketng -OlderThan 2020-01-01 -Confirm:$false"])
        {
            var result = session.Run(command);
            Assert.Empty(result.Output);
            Assert.Null(result.TerminatingError);
            Assert.Equal(("ConsumerUnknown", "Marketng"), (result.ErrorId, result.Error.TargetObject));
        }

        foreach (var command in (string[])["Get-SegmentDelivery Marketing", "Get-SegmentDelivery adhoc1 -Status Failed", "Clear-SegmentDelivery Adhoc1 -Destination drop -OlderThan 2020-01-01 -Confirm:$false"])
            session.Run(command).Succeeded();
    }

    [Fact]
    public void Deliveries_and_consumers_come_through_the_pipeline()
    {
        using var session = SampleWarehouse.OpenMerged();

        var consumers = session.Run("('Marketing', 'CustomerSuccess' | ForEach-Object { [pscustomobject]@{ Consumer = $_ } } | Export-EngagementSegment -Destination drop).Consumer").Succeeded().Output;
        Assert.Equal(["Marketing", "CustomerSuccess"], consumers);
        Assert.Equal(["CustomerSuccess", "Marketing"], session.Run("(Get-SegmentDelivery).Consumer").Succeeded().Output);
        Assert.Equal(["Marketing"], session.Run("(Get-SegmentDelivery marketing -Status Published -Last 5).Consumer").Succeeded().Output);
        Assert.Equal(["Marketing"], session.Run("$d = Export-EngagementSegment Marketing -Destination drop; ($d | Get-SegmentDelivery).Consumer").Succeeded().Output);
        foreach (var places in (string[])["Get-SegmentDelivery", "$d", "'drop/Marketing/HighlyEngaged', 'drop/CustomerSuccess/LowEngagement/latest.json'", "[System.IO.DirectoryInfo]::new(\"$($ExecutionContext.SessionState.Path.CurrentLocation)/drop/Marketing/HighlyEngaged\")"])
        {
            var checks = session.Run($"({places} | Test-SegmentDelivery).Passed").Succeeded().Output;
            Assert.True(checks.Count >= 8);
            Assert.All(checks, passed => Assert.Equal(true, passed));
        }
    }

    private static List<string> Offered(ModuleRunspace session, string line) =>
        [.. session.Run($"(TabExpansion2 '{line}').CompletionMatches.ForEach{{ $_.CompletionText }}").Succeeded().Output.Cast<string>()];
}
