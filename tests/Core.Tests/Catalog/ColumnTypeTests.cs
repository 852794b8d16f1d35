using LoyaltyPipeline.Core.Catalog;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Catalog;

public sealed class ColumnTypeTests
{
    [Theory]
    [InlineData("BIGINT", DataType.BigInt, 0, 0)]
    [InlineData("INTEGER", DataType.Integer, 0, 0)]
    [InlineData("DECIMAL(12,2)", DataType.Decimal, 12, 2)]
    [InlineData("DECIMAL(1,0)", DataType.Decimal, 1, 0)]
    [InlineData("DECIMAL(38,38)", DataType.Decimal, 38, 38)]
    [InlineData("VARCHAR", DataType.Varchar, 0, 0)]
    [InlineData("BOOLEAN", DataType.Boolean, 0, 0)]
    [InlineData("DATE", DataType.Date, 0, 0)]
    [InlineData("TIMESTAMP", DataType.Timestamp, 0, 0)]
    public void Known_types_are_read_in_any_case_and_written_in_upper_case(string text, DataType type, int precision, int scale)
    {
        Assert.True(ColumnType.TryParse(text.ToLowerInvariant(), out var parsed));
        Assert.Equal(new ColumnType(type, precision, scale), parsed);
        Assert.Equal(text, parsed.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("DECIMAL")]
    [InlineData("DECIMAL()")]
    [InlineData("DECIMAL(5)")]
    [InlineData("DECIMAL(0,0)")]
    [InlineData("DECIMAL(39,2)")]
    [InlineData("DECIMAL(5,9)")]
    [InlineData("DECIMAL(-5,2)")]
    [InlineData("DECIMAL(5,2)\n")]
    [InlineData("DECIMAL(5,2) NOT NULL")]
    [InlineData("DECIMAL(999,2)")]
    [InlineData("DECIMAL(٥,٢)")]
    [InlineData("HUGEINT")]
    [InlineData("TIMESTAMPTZ")]
    [InlineData("0")]
    [InlineData("BIGINT ")]
    public void What_is_no_type_is_refused(string text) => Assert.False(ColumnType.TryParse(text, out _));

    [Theory]
    [InlineData("USER_ID", true)]
    [InlineData("_X9", true)]
    [InlineData("user_id", false)]
    [InlineData("9X", false)]
    [InlineData("", false)]
    [InlineData("A B", false)]
    [InlineData("A\n", false)]
    [InlineData("A;DROP", false)]
    [InlineData("Ä", false)]
    public void A_name_is_upper_case_letters_digits_and_underscores(string name, bool valid) =>
        Assert.Equal(valid, Identifier.IsValid(name));
}
