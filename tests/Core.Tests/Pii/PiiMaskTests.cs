using LoyaltyPipeline.Core.Pii;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Pii;

/// <summary>Examples show what values look like, and nothing of what they say but the first character.</summary>
public sealed class PiiMaskTests
{
    [Theory]
    [InlineData("ada.byron@example.org", "a***.***@***.***")]
    [InlineData("+49 30 901820", "+*** *** ***")]
    [InlineData("4111111111111111", "4***")]
    [InlineData("Zoë", "***")]
    [InlineData("Al", "***")]
    [InlineData("Łukasz Żak", "Ł*** ***")]
    [InlineData("😀😀😀", "😀***")]
    [InlineData("\u001b[31mada@example.org", "***[***@***.***")]
    [InlineData("\u202eada@example.org", "***@***.***")]
    public void Values(string value, string masked) => Assert.Equal(masked, PiiMask.Of(value));

    [Fact]
    public void A_long_text_is_cut_off() => Assert.InRange(PiiMask.Of(string.Join(' ', Enumerable.Repeat("word", 1000))).Length, 40, 45);
}
