using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Stores.S3;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Delivery;

/// <summary>Secrets have no place in the address of a server: it stands in logs, in errors and in the list of processes.</summary>
public sealed class EndpointTests
{
    [Theory]
    [InlineData("https://user:topsecret@host:9000")]
    [InlineData("http://topsecret@host")]
    public void An_address_with_a_password_is_refused_and_not_repeated(string address)
    {
        var error = Assert.Throws<LoyaltyException>(() => new S3Settings() with { EndpointUrl = new Uri(address) });

        Assert.Equal(LoyaltyErrors.DestinationInvalid.Id, error.ErrorId);
        Assert.DoesNotContain("topsecret", $"{error} {error.Target} {error.Remedy}", StringComparison.Ordinal);
        Assert.Contains("profile", error.Remedy, StringComparison.Ordinal);
    }
}
