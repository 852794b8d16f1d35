using LoyaltyPipeline.Core.Pii;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Pii;

/// <summary>What names of columns say, in the spellings and languages that they come in.</summary>
public sealed class ColumnNameTests
{
    [Theory]
    [InlineData("EMAIL", PiiKind.Email)]
    [InlineData("customerEmailAddress", PiiKind.Email)]
    [InlineData("e-mail", PiiKind.Email)]
    [InlineData("correo electrónico", PiiKind.Email)]
    [InlineData("PHONE_NUMBER", PiiKind.Phone)]
    [InlineData("tel", PiiKind.Phone)]
    [InlineData("Téléphone", PiiKind.Phone)]
    [InlineData("cc_number", PiiKind.CardNumber)]
    [InlineData("IBAN", PiiKind.Iban)]
    [InlineData("codice_fiscale", PiiKind.NationalId)]
    [InlineData("FirstName", PiiKind.PersonName)]
    [InlineData("CUSTOMER_NAME", PiiKind.PersonName)]
    [InlineData("clientIP", PiiKind.IpAddress)]
    [InlineData("lat", PiiKind.Coordinates)]
    [InlineData("Feedback", PiiKind.FreeText)]
    public void Names_of_a_kind(string name, PiiKind kind) => Assert.Equal(ColumnNameHint.Fits, ColumnNames.HintOf(name, kind));

    [Theory]
    [InlineData("ORDER_CARD_NUMBER", PiiKind.CardNumber)]
    [InlineData("product_full_name", PiiKind.PersonName)]
    [InlineData("ip_version", PiiKind.IpAddress)]
    [InlineData("phone_count", PiiKind.Phone)]
    public void Names_of_something_else(string name, PiiKind kind) => Assert.Equal(ColumnNameHint.Other, ColumnNames.HintOf(name, kind));

    [Theory]
    [InlineData("TELEMETRY", PiiKind.Phone)]
    [InlineData("hotel", PiiKind.Phone)]
    [InlineData("shipping", PiiKind.IpAddress)]
    [InlineData("PLATFORM", PiiKind.Coordinates)]
    [InlineData("company", PiiKind.CardNumber)]
    [InlineData("NAME", PiiKind.PersonName)]
    [InlineData("", PiiKind.Email)]
    public void Names_that_say_nothing(string name, PiiKind kind) => Assert.Equal(ColumnNameHint.None, ColumnNames.HintOf(name, kind));
}
