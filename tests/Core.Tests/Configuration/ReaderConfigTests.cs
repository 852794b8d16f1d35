using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Tests.Support;
using LoyaltyPipeline.Core.Tests.SyntheticData;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Configuration;

/// <summary>What <c>pipeline.yml</c> may say of readers: the words of a consumer, but for what cannot stand in a view.</summary>
public sealed class ReaderConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_word_it_is_the_policy_of_everybody() =>
        Assert.Equal(new RedactionPolicy(), PipelineLoader.Load(Repository.SqlFolder, configPath: null).Config.ReaderRedaction);

    [Fact]
    public void It_is_read() => Assert.Equal(
        new RedactionPolicy(RedactionMethod.Generalize, RedactionMethod.Mask, RedactionMethod.Keep, Hashing: HashingRules.Google),
        Load("{email: generalize, name: mask, phone: keep, hashing: google}"));

    [Theory]
    [InlineData(
        "{email: hmac}", "'email: hmac' cannot be what readers are shown: its secret would stand in the text", "LOYALTY.MASTER.EMAIL")]
    [InlineData("{name: hmac, salt_variable: X}", "'name: hmac' cannot be", "LOYALTY.HISTORY.FULL_NAME")]
    [InlineData("{salt_variable: X}", "the salt would stand in the text of views", "LOYALTY.MASTER.EMAIL")]
    [InlineData("{phone: e164}", "'phone: e164' cannot be what readers are shown: no engine reads", "LOYALTY.MASTER.PHONE")]
    [InlineData("{hashing: google}", "write 'phone:' with mask, generalize or drop", "LOYALTY.HISTORY.PHONE")]
    [InlineData("{hashing: meta, phone: sha256}", "'hashing: meta' cannot be of telephone numbers", "LOYALTY.HISTORY.PHONE")]
    [InlineData("{default_region: DE}", "'default_region' cannot be", "LOYALTY.MASTER.PHONE")]
    [InlineData("{email: e164}", "'email' cannot be e164", "LOYALTY.MASTER.EMAIL")]
    [InlineData("{emial: drop}", "emial")]
    public void What_no_view_can_have_is_refused_with_line_column_and_remedy(string redaction, string reason, string column = "")
    {
        var error = Assert.Throws<LoyaltyException>(() => Load(redaction));

        Assert.Equal("ConfigInvalid", error.ErrorId);
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(column, error.Message, StringComparison.Ordinal);
    }

    private RedactionPolicy Load(string redaction)
    {
        var path = Path.Combine(_folder.Path, "pipeline.yml");
        File.WriteAllText(path, $"readers:\n  redaction: {redaction}");
        return PipelineLoader.Load(Repository.SqlFolder, path).Config.ReaderRedaction;
    }
}
