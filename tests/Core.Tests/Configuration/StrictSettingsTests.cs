using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Stores;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Configuration;

/// <summary>A setting says what it says, or is refused.</summary>
public sealed class StrictSettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loyalty-test-");

    [Theory]
    [InlineData("2.5%", 0.025)]
    [InlineData("0%", 0)]
    [InlineData("100%", 1)]
    [InlineData("' 5 %'", 0.05)]
    public void A_percentage_is_a_number_with_a_point(string text, double share) =>
        Assert.Equal((decimal)share, Load($"guards: {{deletes: {text}}}").Config.Guards.Deletes);

    [Theory]
    [InlineData("'2,5%'")]
    [InlineData("'1,0%'")]
    [InlineData("5")]
    [InlineData("'5% 5'")]
    [InlineData("'1e2 %'")]
    [InlineData("1e1%")]
    [InlineData("NaN%")]
    [InlineData("-5%")]
    [InlineData("+5%")]
    [InlineData("(5)%")]
    [InlineData("%")]
    [InlineData("101%")]
    public void Anything_else_is_refused(string text) => Assert.Equal("ConfigInvalid", Refused($"guards: {{deletes: {text}}}"));

    [Theory]
    [InlineData("gs://bucket/drop")]
    [InlineData("s3:/bucket/drop")]
    [InlineData("S3:bucket")]
    [InlineData("s3://")]
    [InlineData("s3:///drop")]
    [InlineData("s3:// b/x")]
    [InlineData("s3://b ucket")]
    [InlineData("s3://b//x")]
    [InlineData("s3://b/x//")]
    [InlineData("s3://b/./x")]
    [InlineData("s3://b/../x")]
    [InlineData("s3://b/x /y")]
    [InlineData("https://storage.example.org/drop")]
    [InlineData("az://container/drop")]
    [InlineData("file:///tmp/x")]
    [InlineData("~/drop")]
    [InlineData("~")]
    [InlineData("$HOME/drop")]
    [InlineData("/data/${DROP}/x")]
    [InlineData("%USERPROFILE%/drop")]
    [InlineData("' '")]
    public void A_destination_that_is_neither_a_folder_nor_on_S3_is_refused(string destination)
    {
        Assert.Equal(
            "DestinationInvalid",
            Refused(
                $"consumers:\n  Partner: {{segment: Engaged, destination: {(destination.StartsWith('\'') ? destination : $"'{destination}'")}}}"));
        Assert.Equal(
            "DestinationInvalid",
            Assert.Throws<LoyaltyException>(() => DestinationText.Resolve(destination.Trim('\''), _folder.FullName)).ErrorId);
    }

    [Theory]
    [InlineData("s3://bucket/drop/", "s3://bucket/drop")]
    [InlineData("S3://bucket", "s3://bucket")]
    [InlineData("s3://bucket/a b/..c", "s3://bucket/a b/..c")]
    [InlineData("/data/drop", "/data/drop")]
    [InlineData("/data/100%", "/data/100%")]
    [InlineData("/data/a$b~", "/data/a$b~")]
    public void What_is_one_is_taken(string destination, string resolved)
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(resolved, DestinationText.Resolve(destination, _folder.FullName));
        Assert.Equal(Path.Combine(_folder.FullName, "drop"), DestinationText.Resolve("./drop", _folder.FullName));
    }

    [Fact]
    public void A_document_of_great_depth_is_refused() =>
        Assert.Equal("ConfigInvalid", Refused($"guards: {new string('[', 100_000)}{new string(']', 100_000)}"));

    public void Dispose() => _folder.Delete(recursive: true);

    private string Refused(string text) => Assert.Throws<LoyaltyException>(() => Load(text)).ErrorId;

    private PipelineDefinition Load(string text)
    {
        var path = Path.Combine(_folder.FullName, "pipeline.yml");
        File.WriteAllText(path, text);
        return PipelineLoader.Load(Repository.SqlFolder, path);
    }
}
