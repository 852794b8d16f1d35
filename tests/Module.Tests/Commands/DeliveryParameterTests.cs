using System.Management.Automation;
using System.Reflection;
using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Commands;

/// <summary>What the parameters of deliveries take and refuse; what a script writer sees of them, the Pester suite says.</summary>
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

    private static readonly string[] S3 = ["ChecksumMode", "Encryption", "EndpointUrl", "KmsKeyId", "PathStyle", "Profile", "Region",
        "Tag"];

    [Fact]
    public void A_stage_is_refused_where_there_is_none_and_can_be_left_out()
    {
        using var session = SampleWarehouse.OpenMerged();
        File.WriteAllText(
            session.PathOf("pipeline.yml"), Config.Replace("format: JsonLines", "stage: '@PARTNER_STAGE'", StringComparison.Ordinal));

        Assert.Equal("StageInvalid", session.Run("Export-EngagementSegment Partner").ErrorId);
        Assert.Equal("StageInvalid", session.Run("Export-EngagementSegment Partner -WhatIf").ErrorId);
        Assert.Equal("StageInvalid", session.Run("Export-EngagementSegment Marketing -Destination drop -Stage '@~/mine'").ErrorId);
        Assert.Single(session.Run("Export-EngagementSegment Partner -Stage ''").Succeeded().Output);
        File.WriteAllText(
            session.PathOf("other.yml"), Config.Replace("format: JsonLines", "stage: PARTNER_STAGE", StringComparison.Ordinal));
        Assert.Equal("ConfigInvalid", session.Run("Export-EngagementSegment Partner -Config other.yml").ErrorId);
    }

    [Theory]
    [InlineData("Export-EngagementSegment")]
    [InlineData("Test-SegmentDelivery")]
    [InlineData("Clear-SegmentDelivery")]
    public void The_parameters_of_S3_are_shown_with_the_others(string name)
    {
        using var session = new ModuleRunspace();

        var shown = session
            .Run($"(Get-Command {name}).Parameters.Keys; (Get-Command {name} -Syntax); (Get-Help {name} -Parameter Tag).Name")
            .Succeeded().Output.Cast<string>().ToList();

        Assert.All(S3, parameter => Assert.Contains(parameter, shown));
        Assert.All(S3, parameter => Assert.Contains($"[-{parameter} ", shown[^2], StringComparison.Ordinal));
        Assert.Equal("Tag", shown[^1]);
        Assert.DoesNotContain(
            shown,
            parameter => parameter.Contains("Secret", StringComparison.OrdinalIgnoreCase)
                || parameter.Contains("AccessKey", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Tags_are_a_table_whose_values_become_text()
    {
        using var session = SampleWarehouse.OpenMerged();
        // A folder has no use for tags and takes them nevertheless: the same line serves both.
        session.Run(
            "$null = Export-EngagementSegment Marketing -Destination drop -Tag @{ team = 'marketing'; cost = 5 } -Region eu-central-1 -PathStyle $true").Succeeded();

        var cmdlet = Assert.IsAssignableFrom<CmdletInfo>(
            Assert.Single(session.Run("Get-Command Export-EngagementSegment").Succeeded().Output));
        using var instance = (IDisposable)Activator.CreateInstance(cmdlet.ImplementingType)!;
        var parameters = ((IDynamicParameters)instance).GetDynamicParameters()!;
        parameters.GetType().GetProperty("Tag")!.SetValue(
            parameters, new System.Collections.Hashtable { ["team"] = "marketing", ["cost"] = 5.5 });
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
        Assert.Equal(
            "DestinationInvalid", session.Run("Export-EngagementSegment Marketing -Destination drop -KmsKeyId alias/mine -WhatIf").ErrorId);
        Assert.Equal(
            "DestinationInvalid",
            session.Run("Export-EngagementSegment Marketing -Destination s3://drop -KmsKeyId alias/mine -WhatIf").ErrorId);
        Assert.False(Directory.Exists(session.PathOf("drop")));
    }

    [Fact]
    public void Consumers_that_nobody_knows_are_told_of()
    {
        using var session = SampleWarehouse.OpenMerged();
        session.Run("$null = Export-EngagementSegment Adhoc1 -Segment Engaged -Destination drop").Succeeded();

        foreach (var command in (string[])["Get-SegmentDelivery Marketng",
            "Clear-SegmentDelivery Marketng -Destination drop -OlderThan 2020-01-01 -Confirm:$false",
            "Clear-SegmentDelivery Marketng -Destination drop -OlderThan 2020-01-01 -WhatIf",
            "Clear-SegmentDelivery Marketng -OlderThan 2020-01-01 -Confirm:$false"])
        {
            var result = session.Run(command);
            Assert.Empty(result.Output);
            Assert.Null(result.TerminatingError);
            Assert.Equal(("ConsumerUnknown", "Marketng"), (result.ErrorId, result.Error.TargetObject));
        }

        foreach (var command in (string[])["Get-SegmentDelivery Marketing", "Get-SegmentDelivery adhoc1 -Status Failed",
            "Clear-SegmentDelivery Adhoc1 -Destination drop -OlderThan 2020-01-01 -Confirm:$false"])
            session.Run(command).Succeeded();
    }
}
